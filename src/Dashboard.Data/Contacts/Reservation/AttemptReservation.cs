using System.Text.Json;
using Dashboard.Data.Sql;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;
using Npgsql;

namespace Dashboard.Data.Contacts.Reservation;

/// <summary>
/// The only place that makes contact attempts: each one with the clearance the gate has just given, in the transaction that
/// holds the task, the customer and the agent.
/// </summary>
internal sealed class AttemptReservation(Allow allow, Agent agent)
{
    /// <summary>Key of the attempt and idempotency key at the provider.</summary>
    public Guid AttemptId { get; } = Guid.CreateVersion7();

    private ClaimedTask Task => allow.Task;

    /// <summary>Adds the statement that writes all <paramref name="reservations"/>.</summary>
    public static void Write(
        NpgsqlBatch batch,
        IReadOnlyList<AttemptReservation> reservations,
        ReservationTerms terms,
        DateTime now
    )
    {
        if (reservations.Count == 0)
        {
            return;
        }

        var lease = JsonShape.Write(
            new TaskLease { Until = now + terms.LeaseDuration, Token = terms.LeaseToken }
        );
        batch.Add(
            SqlFile.Read<AttemptReservation>("Reserve"),
            Statement.Keys(reservations.Select(r => r.AttemptId)),
            Statement.Keys(reservations.Select(r => r.Task.Id)),
            Statement.Keys(reservations.Select(r => r.Agent.Id)),
            Statement.Keys(reservations.Select(r => r.Task.CustomerId)),
            Statement.KeysOrNull(reservations.Select(r => r.Task.CampaignId)),
            Statement.Texts(reservations.Select(r => r.Task.Channel.ToText())),
            Statement.Texts(reservations.Select(r => r.Metadata(terms.Provider))),
            Statement.Texts(reservations.Select(r => r.Context(lease))),
            Statement.Instants(reservations.Select(r => (DateTime?)r.At)),
            Statement.Texts(reservations.Select(r => r.Task.Status.ToText())),
            Statement.At(now),
            Statement.Text(terms.ActorType.ToText()),
            Statement.Text(terms.ActorId)
        );
    }

    private Agent Agent { get; } = agent;

    private DateTime At => allow.Judged.Request.At;

    private string Metadata(string? provider)
    {
        var warned = Clearance.Warnings(allow.Judged.Decision).Any() ? """ "warned": true,""" : "";
        var through = provider is null
            ? ""
            : $""" "provider": {JsonSerializer.Serialize(provider)},""";
        return $$"""{"delivery": "{{Delivery.Reserved.ToText()}}", "idempotency_key": "{{AttemptId}}",{{through}}{{warned}} "clearance": {{allow.Clearance}}}""";
    }

    private string Context(string leaseJson) =>
        $$"""{"gate": {{JsonShape.Write(allow.Gate)}}, "lease": {{leaseJson}}}""";
}
