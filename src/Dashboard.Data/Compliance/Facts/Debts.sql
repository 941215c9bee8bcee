-- Unpaid invoices past their due date. $1 customers, $2 today
SELECT customer_id, id FROM payment_records
WHERE customer_id = ANY($1) AND status IN ('pending', 'overdue', 'partial') AND due_date < $2
ORDER BY due_date, id
