using Dashboard.Data.Agents;
using Dashboard.Data.Compliance.Facts;
using Dashboard.Data.Sql;
using Dashboard.Data.Tasks;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Tasks;
using Npgsql;

namespace Dashboard.Data.Contacts.Reservation;

/// <summary>On what terms contacts are reserved.</summary>
/// <param name="LeaseToken">Who holds the tasks that are started.</param>
/// <param name="LeaseDuration">How long, before the rescuer takes over.</param>
/// <param name="RecheckAfter">When a task that waits for a repair is looked at again.</param>
/// <param name="ActorType">For the audit.</param>
/// <param name="ActorId">For the audit; at most 100 characters.</param>
/// <param name="Provider">Who carries the contacts, where it is not one of the engine's channels: <c>human</c>, <c>external</c>.</param>
public sealed record ReservationTerms(
    string LeaseToken,
    TimeSpan LeaseDuration,
    TimeSpan RecheckAfter,
    ActorType ActorType,
    string ActorId,
    string? Provider = null
);

/// <summary>What came of one batch.</summary>
public sealed class ReservationResult
{
    internal ReservationResult(IReadOnlyList<Outcome> outcomes, IReadOnlyList<Guid> attempts) =>
        (Outcomes, Attempts) = (outcomes, attempts);

    /// <summary>Nothing was to be had.</summary>
    public static ReservationResult Nothing { get; } = new([], []);

    /// <summary>The attempts that were reserved; they may be carried out after the commit.</summary>
    public IReadOnlyList<Guid> Attempts { get; }

    /// <summary>Tasks that were judged.</summary>
    public int Claimed => Outcomes.Count;

    /// <summary>Tasks that wait for the gate, their campaign, or another contact's result.</summary>
    public int Deferred => Outcomes.Count(o => o is Wait { For: not WaitFor.Agent });

    /// <summary>Tasks that ended.</summary>
    public int Cancelled => Outcomes.Count(o => o is Stop);

    /// <summary>Tasks that wait for a person.</summary>
    public int AwaitingApproval => Outcomes.Count(o => o is Ask);

    /// <summary>Tasks the gate allows and nobody is free for.</summary>
    public int WithoutAgent => Outcomes.Count(o => o is Wait { For: WaitFor.Agent });

    internal IReadOnlyList<Outcome> Outcomes { get; }
}

/// <summary>
/// The one way to a contact (architecture.md, "A step falls due and a contact happens"): share the rules' lock, hold tasks,
/// customers and facts, run the gate, reserve the attempts and write everything else that was decided, in one transaction. The
/// dispatcher comes here with campaigns, manual contacts, retries and resumed tasks; people and other programs come here with
/// one task.
/// </summary>
public sealed class ContactReservation(StoredRuleCache rules, TimeProvider time)
{
    /// <summary>A task for one agent only must not be claimed again and again while that agent is busy.</summary>
    private static readonly TimeSpan s_pinnedAfter = TimeSpan.FromSeconds(5);

    /// <summary>Judges and reserves; the caller commits, and only then may anything leave.</summary>
    public async Task<ReservationResult> RunAsync(
        NpgsqlTransaction transaction,
        TaskClaim claim,
        ReservationTerms terms,
        CancellationToken cancellationToken
    )
    {
        var connection =
            transaction.Connection
            ?? throw new InvalidOperationException("The transaction has ended.");
        var tasks = await claim.TakeAsync(connection, Now, cancellationToken);
        if (tasks.Count > 0)
        {
            tasks = await HoldFactsAsync(connection, claim, tasks, cancellationToken);
        }

        return tasks.Count == 0
            ? ReservationResult.Nothing
            : await JudgeAsync(connection, claim, tasks, terms, cancellationToken);
    }

    /// <summary>To the microsecond, as the database keeps it: what is stored is the very instant that was judged.</summary>
    private DateTime Now
    {
        get
        {
            var now = time.GetUtcNow().UtcDateTime;
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }

    /// <summary>Holds what plain SQL could change under us; tasks of customers of whom it does so now are left alone.</summary>
    private static async Task<List<ClaimedTask>> HoldFactsAsync(
        NpgsqlConnection connection,
        TaskClaim claim,
        List<ClaimedTask> tasks,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.Command(
            claim.HoldFacts,
            Statement.Keys(tasks.Select(t => t.CustomerId).Distinct())
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var changing = new HashSet<Guid>();
        await reader.EachAsync(row => changing.Add(row.GetGuid(0)), cancellationToken);
        return changing.Count == 0 ? tasks : tasks.FindAll(t => !changing.Contains(t.CustomerId));
    }

    private async Task<ReservationResult> JudgeAsync(
        NpgsqlConnection connection,
        TaskClaim claim,
        List<ClaimedTask> tasks,
        ReservationTerms terms,
        CancellationToken cancellationToken
    )
    {
        var stored = await rules.GetAsync(connection, cancellationToken);
        // The clock is read when everything is held: what is on file happened before.
        var now = Now;
        var facts = await BatchFacts.LoadAsync(
            connection,
            tasks,
            stored.LookBack,
            now,
            cancellationToken
        );
        var agents = await claim.AgentsAsync(connection, tasks, now, cancellationToken);
        var decider = new Decider(facts, stored, now, terms.RecheckAfter);
        var outcomes = new List<Outcome>(tasks.Count);
        var reserved = new List<AttemptReservation>(tasks.Count);
        foreach (var task in tasks)
        {
            var outcome = decider.Decide(task);
            if (outcome is Allow allow)
            {
                outcome = Place(allow, agents, decider, reserved, now);
            }

            outcomes.Add(outcome);
        }

        await WriteAsync(connection, outcomes, reserved, terms, now, cancellationToken);
        return new ReservationResult(outcomes, [.. reserved.Select(r => r.AttemptId)]);
    }

    /// <summary>What is allowed takes its place at an agent at once, or waits for one.</summary>
    private static Outcome Place(
        Allow allow,
        AgentPool agents,
        Decider decider,
        List<AttemptReservation> reserved,
        DateTime now
    )
    {
        var task = allow.Task;
        var type = TaskTypes.AgentOf(task.Channel);
        if (agents.Take(type, task.AgentId, task.Status) is { } agent)
        {
            decider.Remember(allow);
            reserved.Add(new AttemptReservation(allow, agent));
            return allow;
        }

        var gate = TaskGates.Of("no_agent", now, null, agents.Explain(type, task.AgentId));
        var due = task.AgentId is null ? task.DueAt : now + s_pinnedAfter;
        return new Wait(task, gate, due, WaitFor.Agent);
    }

    private static async Task WriteAsync(
        NpgsqlConnection connection,
        List<Outcome> outcomes,
        List<AttemptReservation> reserved,
        ReservationTerms terms,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        AttemptReservation.Write(batch, reserved, terms, now);
        new OutcomeWriter(batch, terms, now).Write(outcomes);
        RefusalWriter.Write(batch, outcomes);
        RuleTallies.Write(batch, outcomes, now);
        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
