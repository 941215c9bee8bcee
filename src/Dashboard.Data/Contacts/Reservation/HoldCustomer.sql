-- One customer, waited for: before the task, as every stop does. $1 customer
SELECT 1 FROM customers WHERE id = $1 FOR UPDATE
