using Dashboard.Domain.Agents;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Payments;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.Overview;
using Xunit;

namespace Dashboard.Web.Tests.Overview;

public sealed class OverviewQueryTests : IAsyncLifetime
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(Some.Now);
    private TestDatabase _db = null!;

    public async ValueTask InitializeAsync() => _db = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    [Fact]
    public async Task An_empty_database_has_an_empty_overview()
    {
        var now = await Query.ReadAsync("UTC", default);
        var trends = await Query.ReadTrendsAsync("UTC", "USD", default);

        Assert.Empty(now.Aging);
        Assert.Empty(now.Needs);
        Assert.Equal(0, now.Refused);
        Assert.Equal(30, now.Throughput.Count);
        Assert.Equal(Enumerable.Repeat(0m, 30), trends.Outstanding);
    }

    [Fact]
    public async Task Invoices_stand_in_the_bucket_of_their_age_with_what_is_still_open()
    {
        var customer = Some.Customer();
        await _db.AddAsync(
            customer,
            Some.Invoice(customer, i => Due(i, 0, 100m)),
            Some.Invoice(customer, i => Due(i, 1, 200m)),
            Some.Invoice(customer, i => Due(i, 30, 50m)),
            Some.Invoice(customer, i => Due(i, 31, 300m)),
            Some.Invoice(customer, i => Due(i, 91, 400m)),
            Some.Invoice(
                customer,
                i =>
                {
                    Due(i, 61, 500m);
                    i.Status = PaymentStatus.Partial;
                    i.Metadata = new PaymentMetadata { AmountPaid = 450m };
                }
            ),
            Some.Invoice(customer, i => Paid(i, 2, 70m)),
            Some.Invoice(customer, i => Paid(i, 8, 80m))
        );

        var now = await Query.ReadAsync("UTC", default);
        var trends = await Query.ReadTrendsAsync("UTC", "USD", default);

        var row = Assert.Single(now.Aging);
        Assert.Equal([100m, 250m, 300m, 50m, 400m], row.Buckets.Select(b => b.Amount));
        Assert.Equal(2, row.Buckets[1].Invoices);
        Assert.Equal((1100m, 1000m), (row.Outstanding, row.Overdue));
        Assert.Equal(70m, Assert.Single(now.CollectedWeek).Amount);
        Assert.Equal((1100m, 1000m), (trends.Outstanding[^1], trends.Overdue[^1]));
        Assert.Equal((70m, 80m), (trends.Collected[^3], trends.Collected[^9]));
    }

    [Fact]
    public async Task Today_begins_at_the_readers_midnight()
    {
        var customer = Some.Customer();
        var agent = Some.Agent();
        var task = Some.Task(customer);
        await _db.AddAsync(
            customer,
            agent,
            task,
            Some.Attempt(task, agent, a => At(a, Some.Now.Date.AddHours(1), ContactStatus.Replied)),
            Some.Attempt(task, agent, a => At(a, Some.Now.Date.AddHours(9), ContactStatus.Bounced))
        );

        var utc = await Query.ReadAsync("UTC", default);
        var newYork = await Query.ReadAsync("America/New_York", default);

        Assert.Equal([1, 9], utc.Contacts.Select(c => c.Hour).Order());
        Assert.Equal(
            (5, ContactStatus.Bounced),
            newYork.Contacts.Select(c => (c.Hour, c.Status)).Single()
        );
    }

    [Fact]
    public async Task What_needs_a_person_links_to_exactly_those_rows()
    {
        var customer = Some.Customer();
        var broken = Some.Agent(a => a.Status = AgentStatus.Error);
        var asking = Some.Task(customer);
        await _db.AddAsync(
            customer,
            broken,
            asking,
            Some.Approval(asking),
            Some.Task(customer, with: t => t.DueAt = Some.Now.AddHours(-2)),
            Some.Task(
                customer,
                with: t =>
                {
                    t.Status = AgentTaskStatus.Completed;
                    t.CompletedAt = Some.Now.AddMinutes(-3);
                }
            ),
            Some.Rule(r => r.Condition = System.Text.Json.JsonSerializer.SerializeToElement("?"))
        );

        var now = await Query.ReadAsync("UTC", default);

        Assert.Contains("cannot be read", now.Needs[0].Text, StringComparison.Ordinal);
        Assert.Equal(
            ["/approvals", $"/agents?agent={broken.Id}", "/tasks?waits=late"],
            now.Needs.Skip(1).Select(n => n.Href)
        );
        Assert.Equal(1, now.Refused);
        Assert.Equal(1, now.Throughput[^4]);
        Assert.Equal(
            (2, 1),
            (now.Tasks[AgentTaskStatus.Pending], now.Tasks[AgentTaskStatus.Completed])
        );
    }

    private OverviewQuery Query =>
        new(_db.DataSource, new TestClock(), new BrokenRulesQuery(_db.Factory));

    private static void Due(PaymentRecord invoice, int daysAgo, decimal amount)
    {
        invoice.DueDate = Today.AddDays(-daysAgo);
        invoice.Amount = amount;
        invoice.Status = daysAgo > 0 ? PaymentStatus.Overdue : PaymentStatus.Pending;
    }

    private static void Paid(PaymentRecord invoice, int daysAgo, decimal amount)
    {
        invoice.Amount = amount;
        invoice.Status = PaymentStatus.Paid;
        invoice.PaidDate = Today.AddDays(-daysAgo);
    }

    private static void At(ContactAttempt attempt, DateTime at, ContactStatus status) =>
        (attempt.Timestamp, attempt.Status) = (at, status);
}
