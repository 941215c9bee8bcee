using Dashboard.Data.Commands;
using Dashboard.Data.Contacts;
using Dashboard.Data.Sql;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Engine.Loops;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dashboard.Engine.Channels.Simulated;

/// <summary>
/// The simulated provider's later reports: delivered, opened, replied, each in its time. All of it follows from the attempt's
/// id, so a restart changes nothing and two processes say the same.
/// </summary>
public sealed class SimulatedReports(
    NpgsqlDataSource source,
    CommandRunner commands,
    IOptions<SimulationOptions> options,
    TimeProvider time
) : IEngineJob
{
    private const int Most = 2000;

    /// <summary>Nothing is reported later than this after the message left, in simulated time.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(7);

    /// <inheritdoc />
    public TimeSpan Interval => TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await RunOnceAsync(cancellationToken);
        return false;
    }

    /// <summary>Reports what is due; returns how many attempts moved.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var due = (await FindAsync(now, cancellationToken))
            .Select(a => (a.Id, Status: StatusAt(a, now), a.Before))
            .Where(a => a.Status != a.Before)
            .ToList();
        var seen = due.Where(a => a.Status != ContactStatus.Replied).ToList();
        if (seen.Count > 0)
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var command = connection.Command(
                SqlFile.Read<SimulatedReports>("Report"),
                Statement.Keys(seen.Select(a => a.Id)),
                Statement.Texts(seen.Select(a => a.Status.ToText()))
            );
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        foreach (var (id, _, _) in due.Where(a => a.Status == ContactStatus.Replied))
        {
            // The text comes last from the dice, whatever the channel.
            var plan = SimulatedPlan.Of(id, Channel.Email, options.Value);
            await commands.RunAsync(
                new RecordReply(id, plan.Reply),
                Actor.System(SimulatedChannel.Name),
                cancellationToken
            );
        }

        return due.Count;
    }

    private ContactStatus StatusAt(Message message, DateTime now)
    {
        var plan = SimulatedPlan.Of(message.Id, message.Channel, options.Value);
        var age = now - message.At;
        return IsOver(plan.RepliedAfter, age) ? ContactStatus.Replied
            : IsOver(plan.OpenedAfter, age) ? ContactStatus.Opened
            : IsOver(plan.DeliveredAfter, age) && message.Before == ContactStatus.Sent
                ? ContactStatus.Delivered
            : message.Before;
    }

    private bool IsOver(TimeSpan? after, TimeSpan age) =>
        after is { } span && age >= span * options.Value.TimeScale;

    private async Task<List<Message>> FindAsync(DateTime now, CancellationToken cancellationToken)
    {
        var since = now - (s_longest * Math.Max(options.Value.TimeScale, 0.01)) - s_longest;
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.Command(
            SqlFile.Read<SimulatedReports>("Reports"),
            Statement.At(since),
            Statement.Number(Most)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var messages = new List<Message>();
        while (await reader.ReadAsync(cancellationToken))
        {
            messages.Add(
                new Message(
                    reader.GetGuid(0),
                    EnumText.Parse<Channel>(reader.GetString(1)),
                    EnumText.Parse<ContactStatus>(reader.GetString(2)),
                    reader.Utc(3)
                )
            );
        }

        return messages;
    }

    private sealed record Message(Guid Id, Channel Channel, ContactStatus Before, DateTime At);
}
