using System.Text.Json;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Npgsql;

namespace Dashboard.Engine.Tests.Dispatch;

/// <summary>What changes while a contact is judged: by plain SQL, by a change of the rules.</summary>
public sealed class HoldTests : EngineTest
{
    [Theory]
    [InlineData("UPDATE customer_profiles SET do_not_contact = true")]
    [InlineData("UPDATE ops.contact_preferences SET other_timezones = '{Asia/Tokyo}'")]
    [InlineData("UPDATE opt_outs SET channel = 'email'")]
    [InlineData("UPDATE ops.consents SET revoked_at = given_at")]
    [InlineData(
        "INSERT INTO opt_outs (id, customer_id, channel, opted_out_at) SELECT gen_random_uuid(), id, 'email', '2026-01-01' FROM customers"
    )]
    public async Task A_customer_whose_facts_are_being_changed_is_left_until_they_are(string change)
    {
        await WaitingTaskAsync();
        await Database.AddAsync(
            Some.Rule(),
            Some.Rule(r =>
                r.Condition = JsonSerializer.Deserialize<JsonElement>(
                    """{"kind":"consent_required","channels":["email"]}"""
                )
            )
        );
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(change, connection);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());

        Assert.Equal(0, (await Engine.Dispatcher.RunOnceAsync()).Claimed);
        await transaction.CommitAsync();

        var result = await Engine.Dispatcher.RunOnceAsync();
        Assert.Equal((1, 0), (result.Claimed, result.Allowed));
    }

    [Fact]
    public async Task A_change_of_the_rules_is_waited_for()
    {
        var task = await WaitingTaskAsync();
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO compliance_rules (id, name, rule_type, condition, action)
            VALUES (gen_random_uuid(), 'No mail', 'channel_restriction', '{"kind":"channel_block","channels":["email"]}', 'block_contact')
            """,
            connection
        );
        await command.ExecuteNonQueryAsync();

        var dispatch = Engine.Dispatcher.RunOnceAsync();
        var isWaiting = false;
        while (!isWaiting && !dispatch.IsCompleted)
        {
            isWaiting = await Database.DataSource.ScalarAsync<bool>(
                """
                SELECT EXISTS (
                    SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
                """
            );
        }

        Assert.False(dispatch.IsCompleted);
        await transaction.CommitAsync();

        Assert.Equal(1, (await dispatch).Cancelled);
        Assert.Equal(AgentTaskStatus.Cancelled, (await TaskAsync(task.Id)).Status);
    }

    private async Task<AgentTask> WaitingTaskAsync()
    {
        var customer = await CustomerAsync();
        var task = Some.Task(customer);
        await Database.AddAsync(
            task,
            Some.Agent(),
            Some.OptOut(customer, o => o.Channel = Domain.OptOuts.OptOutChannel.Phone),
            new Data.Customers.ContactPreferences { CustomerId = customer.Id },
            new Data.Customers.Consent
            {
                Id = Guid.CreateVersion7(),
                CustomerId = customer.Id,
                Channel = Domain.Contacts.Channel.Email,
                GivenAt = Clock.Now.AddDays(-1),
                Source = "form",
            }
        );
        return task;
    }
}
