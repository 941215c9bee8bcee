using System.Text.Json;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace Dashboard.Data.Tests.Schema;

public sealed class MappingTests : IAsyncLifetime
{
    private TestDatabase _db = null!;

    public async ValueTask InitializeAsync() => _db = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    [Fact]
    public async Task Every_entity_is_written_and_read_back_as_it_was()
    {
        var customer = Some.Customer(c => c.Address = new Address { ZipCode = "10001" });
        var invoice = Some.Invoice(customer);
        var campaign = Some.Campaign(customer, invoice);
        var agent = Some.Agent();
        var task = Some.Task(customer, campaign);
        var attempt = Some.Attempt(task, agent);
        var profile = Some.Profile(customer, p => p.Notes = ["calls back"]);
        await _db.AddAsync(
            customer,
            profile,
            invoice,
            campaign,
            agent,
            task,
            attempt,
            Some.Template(),
            Some.Rule(),
            Some.OptOut(customer)
        );

        var read = await _db.ReadAsync(db =>
            db.ContactAttempts.Include(a => a.Task!.Campaign)
                .Include(a => a.Customer!.Profile)
                .SingleAsync(a => a.Id == attempt.Id)
        );

        Assert.Equal(attempt.Timestamp, read.Timestamp);
        Assert.Equal(DateTimeKind.Utc, read.Timestamp.Kind);
        Assert.Equal("10001", read.Customer!.Address!.ZipCode);
        Assert.Equal(["calls back"], read.Customer.Profile!.Notes!);
        Assert.Equal("friendly_reminder", read.Task!.Context.Template);
        Assert.Equal(1, Assert.Single(read.Task.Campaign!.EscalationSteps).StepNumber);
    }

    [Fact]
    public async Task A_change_inside_a_document_is_saved_and_unknown_keys_stay()
    {
        var agent = Some.Agent(a =>
            a.Config!.Extra = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
            {
                ["region"] = JsonSerializer.SerializeToElement("east"),
            }
        );
        await _db.AddAsync(agent);

        await using (var db = await _db.Factory.CreateDbContextAsync())
        {
            var tracked = await db.Agents.SingleAsync(a => a.Id == agent.Id);
            tracked.Config!.Wish = AgentWish.Drain;
            await db.SaveChangesAsync();
        }

        var stored = await _db.DataSource.ScalarAsync<string>(
            $"SELECT config->>'wish' || ' ' || (config->>'region') FROM agents WHERE id = '{agent.Id}'"
        );
        Assert.Equal("drain east", stored);
    }

    [Fact]
    public async Task Saving_over_someone_elses_change_is_refused()
    {
        var customer = Some.Customer();
        await _db.AddAsync(customer);
        await using var db = await _db.Factory.CreateDbContextAsync();
        var mine = await db.Customers.SingleAsync(c => c.Id == customer.Id);
        await _db.DataSource.ExecuteAsync(
            $"UPDATE customers SET phone = '1' WHERE id = '{customer.Id}'"
        );

        mine.CompanyName = "Renamed";

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
    }

    [Fact]
    public async Task A_saved_change_brings_the_new_version_so_the_next_one_is_accepted()
    {
        var customer = Some.Customer();
        await _db.AddAsync(customer);
        await using var db = await _db.Factory.CreateDbContextAsync();
        var mine = await db.Customers.SingleAsync(c => c.Id == customer.Id);

        mine.CompanyName = "Renamed";
        await db.SaveChangesAsync();
        mine.CompanyName = "Renamed again";
        await db.SaveChangesAsync();

        Assert.True(mine.UpdatedAt > mine.CreatedAt);
    }

    [Fact]
    public async Task A_campaign_step_gets_one_task_per_round_and_any_number_of_follow_ups()
    {
        var customer = Some.Customer();
        var campaign = Some.Campaign(customer);
        await _db.AddAsync(customer, campaign, Some.Task(customer, campaign));
        await _db.AddAsync(Some.Task(customer, campaign, t => t.Type = TaskType.FollowUp));

        var failure = await Assert.ThrowsAsync<DbUpdateException>(() =>
            _db.AddAsync(Some.Task(customer, campaign))
        );

        var refusal = Assert.IsType<PostgresException>(failure.InnerException);
        Assert.Equal("uq_tasks_campaign_step", refusal.ConstraintName);
    }

    [Theory]
    [InlineData("UPDATE agents SET current_task_count = 6", "agents_current_task_count_check")]
    [InlineData("UPDATE agents SET status = 'asleep'", "agents_status_check")]
    [InlineData(
        "UPDATE customer_profiles SET risk_score = 100.5",
        "customer_profiles_risk_score_check"
    )]
    [InlineData(
        "UPDATE customer_profiles SET response_rate = 1.01",
        "customer_profiles_response_rate_check"
    )]
    public async Task The_database_refuses_what_the_schema_excludes(string sql, string constraint)
    {
        var customer = Some.Customer();
        await _db.AddAsync(customer, Some.Profile(customer), Some.Agent());

        var refusal = await Assert.ThrowsAsync<PostgresException>(() =>
            _db.DataSource.ExecuteAsync(sql)
        );

        Assert.Equal(constraint, refusal.ConstraintName);
    }
}
