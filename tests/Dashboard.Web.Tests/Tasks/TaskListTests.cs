using Dashboard.Domain.Payments;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.Tasks;
using Xunit;

namespace Dashboard.Web.Tests.Tasks;

public sealed class TaskListTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private TaskListQuery Query => new(fixture.Database.Factory, new TestClock());

    [Fact]
    public async Task Pages_by_keyset_show_every_task_once_in_order_and_those_without_a_due_date_last()
    {
        var customer = Some.Customer();
        await fixture.Database.AddAsync(customer);
        var tasks = Enumerable
            .Range(0, 230)
            .Select(i => Some.Task(customer, with: t => (t.DueAt, t.Priority) = Due(i)))
            .ToList();
        await fixture.Database.AddAsync([.. tasks]);

        foreach (var sort in Enum.GetValues<TaskSort>())
        {
            foreach (var descending in new[] { false, true })
            {
                var rows = await AllAsync(
                    new TaskListFilter
                    {
                        CustomerId = customer.Id,
                        Sort = sort,
                        Descending = descending,
                    }
                );

                Assert.Equal(230, rows.Select(r => r.Id).Distinct().Count());
                Assert.Equal(230, rows.Count);
                if (sort == TaskSort.Due)
                {
                    var nulls = rows.Select(r => r.DueAt is null).ToList();
                    Assert.Equal(descending, nulls[0]);
                    Assert.Equal(!descending, nulls[^1]);
                }
            }
        }
    }

    [Fact]
    public async Task Only_open_tasks_are_shown_until_states_are_named()
    {
        var customer = Some.Customer();
        var waiting = Some.Task(customer);
        var done = Some.Task(customer, with: t => t.Status = AgentTaskStatus.Completed);
        await fixture.Database.AddAsync(customer, waiting, done);

        var open = await PageAsync(new TaskListFilter { CustomerId = customer.Id });
        var all = await PageAsync(TaskListFilter.From(new(State: "all", Customer: customer.Id)));

        Assert.Equal(waiting.Id, Assert.Single(open.Rows).Id);
        Assert.Equal(2, all.Total);
    }

    [Fact]
    public async Task A_task_about_all_invoices_shows_the_overdue_sum_in_the_largest_currency()
    {
        var customer = Some.Customer();
        var part = Some.Invoice(
            customer,
            i =>
            {
                i.Status = PaymentStatus.Partial;
                i.DueDate = DateOnly.FromDateTime(Some.Now).AddDays(-40);
                i.Metadata = new PaymentMetadata { AmountPaid = 20 };
            }
        );
        var future = Some.Invoice(
            customer,
            i => i.DueDate = DateOnly.FromDateTime(Some.Now).AddDays(3)
        );
        var paid = Some.Invoice(customer, i => i.Status = PaymentStatus.Paid);
        var euros = Some.Invoice(customer, i => (i.Currency, i.Amount) = ("EUR", 10));
        await fixture.Database.AddAsync(customer, part, future, paid, euros, Some.Task(customer));

        var row = Assert.Single(
            (await PageAsync(new TaskListFilter { CustomerId = customer.Id })).Rows
        );

        Assert.Equal(
            (100m, "USD", 1, 40),
            (row.Amount, row.Currency, row.OtherCurrencies, row.DaysOverdue)
        );
    }

    [Fact]
    public async Task Text_finds_companies_and_invoice_numbers_and_takes_wildcards_literally()
    {
        var customer = Some.Customer(c => c.CompanyName = "Ninety%_Percent");
        var invoice = Some.Invoice(customer, i => i.InvoiceNumber = "ZX-77/1");
        await fixture.Database.AddAsync(customer, invoice, Some.Task(customer));

        Assert.Equal(1, (await PageAsync(new TaskListFilter { Text = "y%_p" })).Total);
        Assert.Equal(1, (await PageAsync(new TaskListFilter { Text = "zx-77" })).Total);
        Assert.Equal(0, (await PageAsync(new TaskListFilter { Text = "y__p" })).Total);
    }

    [Fact]
    public async Task All_that_match_is_exactly_what_the_filter_shows()
    {
        var customer = Some.Customer();
        var late = Some.Invoice(
            customer,
            i => i.DueDate = DateOnly.FromDateTime(Some.Now).AddDays(-70)
        );
        var recent = Some.Invoice(customer);
        var first = Some.Task(customer, with: t => t.PaymentRecordId = late.Id);
        var second = Some.Task(customer, with: t => t.PaymentRecordId = recent.Id);
        await fixture.Database.AddAsync(customer, late, recent, first, second);
        var filter = new TaskListFilter { CustomerId = customer.Id, OverdueDays = 60 };

        var ids = await Query.MatchingAsync(filter, CancellationToken.None);

        Assert.Equal(first.Id, Assert.Single(ids));
        Assert.Equal(1, (await PageAsync(filter)).Total);
    }

    [Fact]
    public void A_filter_survives_the_way_through_the_URL()
    {
        var filter = new TaskListFilter
        {
            States = [AgentTaskStatus.Failed, AgentTaskStatus.Pending],
            Types = [TaskType.MakeCall],
            Priorities = [TaskPriority.Urgent],
            Unassigned = true,
            OverdueDays = 30,
            Waits = TaskWait.Gate,
            Text = "a & b",
            Sort = TaskSort.Age,
            Descending = true,
        };
        var url = filter.ToParameters();

        var read = TaskListFilter.From(
            new(
                State: (string?)url["state"],
                Type: (string?)url["type"],
                Priority: (string?)url["priority"],
                Agent: (string?)url["agent"],
                Overdue: (int?)url["overdue"],
                Waits: (string?)url["waits"],
                Q: (string?)url["q"],
                Sort: (string?)url["sort"]
            )
        );

        Assert.Equal(filter, read);
        Assert.All(new TaskListFilter().ToParameters().Values, Assert.Null);
    }

    private static (DateTime?, TaskPriority) Due(int i) =>
        (i % 9 == 0 ? null : Some.Now.AddMinutes(i % 70), (TaskPriority)(i % 4));

    private Task<TaskPage> PageAsync(TaskListFilter filter) =>
        Query.RunAsync(filter, null, CancellationToken.None);

    private async Task<List<TaskRow>> AllAsync(TaskListFilter filter)
    {
        var rows = new List<TaskRow>();
        TaskCursor? after = null;
        do
        {
            var page = await Query.RunAsync(filter, after, CancellationToken.None);
            rows.AddRange(page.Rows);
            after = page.Next;
        } while (after is not null);

        return rows;
    }
}
