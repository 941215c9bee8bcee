using Dashboard.Data.Compliance.Approvals;
using Dashboard.Data.Sql;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;
using Npgsql;

namespace Dashboard.Data.Contacts.Reservation;

/// <summary>Writes what is not sent: a statement a kind, however many tasks.</summary>
internal sealed class OutcomeWriter(NpgsqlBatch batch, ReservationTerms terms, DateTime now)
{
    /// <summary>Adds the statements.</summary>
    public void Write(IReadOnlyList<Outcome> outcomes)
    {
        var asks = outcomes.OfType<Ask>().ToList();
        // A task that asks for approval waits too, with no due time: nothing claims it until somebody decides.
        var parked = asks.Select(a => new Wait(a.Task, a.Gate, null, WaitFor.Gate));
        AddWaits([.. outcomes.OfType<Wait>().Where(w => w.IsNews), .. parked]);
        AddStops([.. outcomes.OfType<Stop>()]);
        AddAsks(asks);
        AddReleases(outcomes);
    }

    private void AddWaits(List<Wait> waits)
    {
        if (waits.Count > 0)
        {
            batch.Add(
                Sql("Wait"),
                Statement.Keys(waits.Select(w => w.Task.Id)),
                Statement.Instants(waits.Select(w => w.DueAt)),
                Statement.Texts(waits.Select(w => Context(w.Gate, null))),
                Statement.At(now),
                Statement.Text(terms.ActorType.ToText()),
                Statement.Text(terms.ActorId),
                Statement.Flags(waits.Select(w => w.IsKept))
            );
        }
    }

    private void AddStops(List<Stop> stops)
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
                Statement.Text(terms.ActorType.ToText()),
                Statement.Text(terms.ActorId),
                Statement.Texts(stops.Select(s => s.Task.Status.ToText()))
            );
        }
    }

    private void AddAsks(List<Ask> asks)
    {
        if (asks.Count > 0)
        {
            batch.Add(
                ApprovalSql.Ask,
                Statement.Keys(asks.Select(_ => Guid.CreateVersion7())),
                Statement.Keys(asks.Select(a => a.Task.Id)),
                Statement.Keys(asks.Select(a => a.Task.CustomerId)),
                Statement.Texts(asks.Select(a => a.Task.Channel.ToText())),
                Statement.Texts(asks.Select(a => a.Judged.Decision.Binding!.Rule)),
                Statement.Texts(asks.Select(a => a.Judged.Decision.Binding!.Explanation)),
                Statement.Texts(asks.Select(a => a.Findings)),
                Statement.At(now)
            );
        }
    }

    /// <summary>An agent that had taken a task which is not started has its place again.</summary>
    private void AddReleases(IReadOnlyList<Outcome> outcomes)
    {
        var agents = outcomes
            .Where(o => o is not Allow && o.Task.Status == AgentTaskStatus.Assigned)
            .Select(o => o.Task.AgentId)
            .OfType<Guid>()
            .ToList();
        if (agents.Count > 0)
        {
            batch.Add(Sql("ReleasePlaces"), Statement.Keys(agents));
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

    private static string Sql(string name) => SqlFile.Read<OutcomeWriter>(name);
}
