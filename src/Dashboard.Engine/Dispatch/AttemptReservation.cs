using Dashboard.Data.Sql;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;
using Npgsql;

namespace Dashboard.Engine.Dispatch;

/// <summary>
/// The only place that makes contact attempts: each one with the clearance the gate has just given, in the transaction that
/// holds the task, the customer and the agent. Campaigns, manual contacts and retries all come here as tasks.
/// </summary>
internal sealed class AttemptReservation(
    ClaimedTask task,
    Agent agent,
    TaskGate gate,
    string clearance
)
{
    /// <summary>Key of the attempt and idempotency key at the provider.</summary>
    public Guid AttemptId { get; } = Guid.CreateVersion7();

    /// <summary>Adds the statement that writes all <paramref name="reservations"/>.</summary>
    public static void Write(
        NpgsqlBatch batch,
        IReadOnlyList<AttemptReservation> reservations,
        TaskLease lease,
        DateTime now
    )
    {
        var leaseJson = JsonShape.Write(lease);
        batch.Add(
            SqlFile.Read<AttemptReservation>("Reserve"),
            Statement.Keys(reservations.Select(r => r.AttemptId)),
            Statement.Keys(reservations.Select(r => r.Task.Id)),
            Statement.Keys(reservations.Select(r => r.Agent.Id)),
            Statement.Keys(reservations.Select(r => r.Task.CustomerId)),
            Statement.KeysOrNull(reservations.Select(r => r.Task.CampaignId)),
            Statement.Texts(reservations.Select(r => r.Task.Channel.ToText())),
            Statement.Texts(reservations.Select(r => r.Metadata())),
            Statement.Texts(reservations.Select(r => r.Context(leaseJson))),
            Statement.At(now),
            Statement.Text("dispatcher")
        );
    }

    private ClaimedTask Task { get; } = task;

    private Agent Agent { get; } = agent;

    private string Metadata() =>
        $$"""{"delivery": "{{Delivery.Reserved.ToText()}}", "idempotency_key": "{{AttemptId}}", "clearance": {{clearance}}}""";

    private string Context(string leaseJson) =>
        $$"""{"gate": {{JsonShape.Write(gate)}}, "lease": {{leaseJson}}}""";
}
