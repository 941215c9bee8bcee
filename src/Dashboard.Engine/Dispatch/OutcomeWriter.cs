using Dashboard.Data.Compliance.Approvals;
using Dashboard.Data.Sql;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;
using Npgsql;

namespace Dashboard.Engine.Dispatch;

/// <summary>Writes what is not sent: a statement a kind, however many tasks.</summary>
internal static class OutcomeWriter
{
    private const string Actor = "dispatcher";

    /// <summary>Adds the statements.</summary>
    public static void Write(
        NpgsqlBatch batch,
        List<Wait> waits,
        List<Stop> stops,
        List<Ask> asks,
        DateTime now
    )
    {
        // A task that asks for approval waits too, with no due time: nothing claims it until somebody decides.
        var parked = asks.Select(a => new Wait(a.Task, a.Gate, null));
        AddWaits(batch, [.. waits.Where(w => w.IsNews), .. parked], now);
        AddStops(batch, stops, now);
        AddAsks(batch, asks, now);
    }

    private static void AddWaits(NpgsqlBatch batch, List<Wait> waits, DateTime now)
    {
        if (waits.Count > 0)
        {
            batch.Add(
                Sql("Wait"),
                Statement.Keys(waits.Select(w => w.Task.Id)),
                Statement.Instants(waits.Select(w => w.DueAt)),
                Statement.Texts(waits.Select(w => Context(w.Gate, null))),
                Statement.At(now),
                Statement.Text(Actor),
                Statement.Flags(waits.Select(w => w.Audited))
            );
        }
    }

    private static void AddStops(NpgsqlBatch batch, List<Stop> stops, DateTime now)
    {
        if (stops.Count > 0)
        {
            batch.Add(
                Sql("Cancel"),
                Statement.Keys(stops.Select(s => s.Task.Id)),
                Statement.Texts(stops.Select(s => Context(s.Gate, s.Reason))),
                Statement.Texts(stops.Select(s => s.Next?.Type.ToText())),
                Statement.Texts(
                    stops.Select(s => s.Next is { } n ? JsonShape.Write(n.Context) : null)
                ),
                Statement.Texts(stops.Select(s => s.Next?.Priority?.ToText())),
                Statement.At(now),
                Statement.Text(Actor)
            );
        }
    }

    private static void AddAsks(NpgsqlBatch batch, List<Ask> asks, DateTime now)
    {
        if (asks.Count > 0)
        {
            batch.Add(
                ApprovalSql.Ask,
                Statement.Keys(asks.Select(_ => Guid.CreateVersion7())),
                Statement.Keys(asks.Select(a => a.Task.Id)),
                Statement.Keys(asks.Select(a => a.Task.CustomerId)),
                Statement.Texts(asks.Select(a => a.Task.Channel.ToText())),
                Statement.Texts(asks.Select(a => a.Finding.Rule)),
                Statement.Texts(asks.Select(a => a.Finding.Explanation)),
                Statement.Texts(asks.Select(a => a.Findings)),
                Statement.At(now)
            );
        }
    }

    private static string Context(TaskGate gate, string? reason) =>
        JsonShape.Write(
            new TaskContext
            {
                Gate = gate,
                Reason = reason,
                Outcome = reason is null ? null : AgentTaskStatus.Cancelled.ToText(),
            }
        );

    private static string Sql(string name) => SqlFile.Read<Dispatcher>(name);
}
