using Dashboard.Data.Compliance.Facts;
using Dashboard.Data.Sql;
using Dashboard.Data.Tasks;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;
using Dashboard.Engine.Loops;
using Dashboard.Engine.Sending;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dashboard.Engine.Dispatch;

/// <summary>What one batch did, task by task.</summary>
public sealed record DispatchResult(
    int Claimed,
    int Allowed,
    int Deferred,
    int Cancelled,
    int AwaitingApproval,
    int WithoutAgent
)
{
    /// <summary>Nothing was due.</summary>
    public static DispatchResult Nothing { get; } = new(0, 0, 0, 0, 0, 0);
}

/// <summary>
/// Claims due tasks with their customers, runs the gate and writes what came of it, in one transaction (architecture.md, "A
/// step falls due and a contact happens"). Any number of dispatchers work on one database.
/// </summary>
public sealed class Dispatcher : IEngineJob
{
    private static readonly TaskType[] s_contacts =
    [
        TaskType.SendEmail,
        TaskType.SendSms,
        TaskType.MakeCall,
    ];

    /// <summary>A task waits so long before "no agent is free" is worth a write.</summary>
    private static readonly TimeSpan s_noAgentAfter = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource _source;
    private readonly Outbox _queue;
    private readonly EngineIdentity _identity;
    private readonly EngineOptions _options;
    private readonly TimeProvider _time;
    private readonly StoredRuleCache _rules = new();
    private DateTime _noAgentWrittenAt;

    /// <summary>One a process; it holds no state that another could miss.</summary>
    public Dispatcher(
        NpgsqlDataSource source,
        Outbox queue,
        EngineIdentity identity,
        IOptions<EngineOptions> options,
        TimeProvider time
    )
    {
        _source = source;
        _queue = queue;
        _identity = identity;
        _options = options.Value;
        _time = time;
    }

    /// <inheritdoc />
    public TimeSpan Interval => _options.PollInterval;

    /// <inheritdoc />
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var result = await RunOnceAsync(cancellationToken);
        return result.Claimed > 0 && result.WithoutAgent < result.Claimed;
    }

    /// <summary>Works off one batch.</summary>
    public async Task<DispatchResult> RunOnceAsync(CancellationToken cancellationToken = default)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        var places = await FreePlacesAsync(connection, now, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var tasks = await ClaimAsync(connection, places, now, cancellationToken);
        if (tasks.Count == 0)
        {
            return DispatchResult.Nothing;
        }

        var outcomes = await DecideAsync(connection, tasks, now, cancellationToken);
        var (reserved, result) = await WriteAsync(connection, outcomes, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        _queue.Offer(reserved.Select(r => r.AttemptId));
        return result;
    }

    /// <summary>Free places by kind of task; tasks nobody is free for get told so.</summary>
    private async Task<Dictionary<TaskType, int>> FreePlacesAsync(
        NpgsqlConnection connection,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var types = s_contacts.Select(AgentOf);
        var pool = await AgentPool.LoadAsync(connection, types, false, now, cancellationToken);
        var places = s_contacts.ToDictionary(t => t, t => pool.FreePlaces(AgentOf(t)));
        if (places.ContainsValue(0) && now - _noAgentWrittenAt >= s_noAgentAfter)
        {
            _noAgentWrittenAt = now;
            await using var batch = new NpgsqlBatch(connection);
            foreach (var (type, _) in places.Where(p => p.Value == 0))
            {
                var gate = NoAgentGate(pool.Explain(AgentOf(type), null), now);
                batch.Add(
                    Sql("NoAgent"),
                    Statement.Text(type.ToText()),
                    Statement.At(now - s_noAgentAfter),
                    Statement.Json(JsonShape.Write(gate)),
                    Statement.Number(_options.BatchSize)
                );
            }

            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        return places;
    }

    private async Task<List<ClaimedTask>> ClaimAsync(
        NpgsqlConnection connection,
        Dictionary<TaskType, int> places,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        // A few more than there are places: some will be refused by the gate.
        var wanted = places
            .Where(p => p.Value > 0)
            .Select(p => (p.Key, Count: Math.Min(_options.BatchSize, p.Value + (p.Value / 4) + 2)))
            .ToList();
        if (wanted.Count == 0)
        {
            return [];
        }

        await using var command = connection.Command(
            Sql("Claim"),
            Statement.Texts(wanted.Select(w => w.Key.ToText())),
            Statement.Numbers(wanted.Select(w => (int?)w.Count)),
            Statement.At(now)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tasks = new List<ClaimedTask>();
        while (await reader.ReadAsync(cancellationToken))
        {
            tasks.Add(
                new ClaimedTask(
                    reader.GetGuid(0),
                    EnumText.Parse<TaskType>(reader.GetString(1)),
                    reader.GetGuid(2),
                    reader.KeyOrNull(3),
                    reader.KeyOrNull(4),
                    reader.KeyOrNull(5),
                    JsonShape.Read<TaskContext>(reader.GetString(7)),
                    reader.Utc(8)
                )
            );
        }

        return tasks;
    }

    /// <summary>Decides in the order of the claim; what is allowed takes its place at an agent at once.</summary>
    private async Task<List<(Outcome Outcome, Agent? Agent)>> DecideAsync(
        NpgsqlConnection connection,
        List<ClaimedTask> tasks,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var rules = await _rules.GetAsync(connection, cancellationToken);
        var facts = await BatchFactsLoader.LoadAsync(
            connection,
            tasks,
            rules.LookBack,
            now,
            cancellationToken
        );
        var pool = await AgentPool.LoadAsync(
            connection,
            tasks.Select(t => AgentOf(t.Type)).Distinct(),
            true,
            now,
            cancellationToken
        );
        var decider = new Decider(facts, rules.Acting, now, _options.RecheckAfter);
        var outcomes = new List<(Outcome, Agent?)>(tasks.Count);
        foreach (var task in tasks)
        {
            var outcome = decider.Decide(task);
            if (outcome is not Allow allow)
            {
                outcomes.Add((outcome, null));
            }
            else if (pool.Take(AgentOf(task.Type), task.PinnedAgentId) is { } agent)
            {
                Remember(facts, allow, now);
                outcomes.Add((allow, agent));
            }
            else
            {
                var gate = NoAgentGate(pool.Explain(AgentOf(task.Type), task.PinnedAgentId), now);
                outcomes.Add((new Wait(task, gate, Later(task, now), Audited: false), null));
            }
        }

        return outcomes;
    }

    /// <summary>A task for one agent only must not be claimed again and again while that agent is busy.</summary>
    private static DateTime Later(ClaimedTask task, DateTime now) =>
        task.PinnedAgentId is null ? task.DueAt : now + s_noAgentAfter;

    /// <summary>The next task of the same customer in this batch sees this reservation.</summary>
    private static void Remember(BatchFacts facts, Allow allow, DateTime now) =>
        facts
            .Customers[allow.Task.CustomerId]
            .Add(
                new PastContact(
                    allow.Task.Channel,
                    now,
                    Domain.Contacts.ContactStatus.Sent,
                    allow.Debts
                ),
                allow.Task.CampaignId
            );

    private async Task<(List<AttemptReservation> Reserved, DispatchResult Result)> WriteAsync(
        NpgsqlConnection connection,
        List<(Outcome Outcome, Agent? Agent)> outcomes,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var reserved = outcomes
            .Where(o => o.Agent is not null)
            .Select(o => (Allow: (Allow)o.Outcome, Agent: o.Agent!))
            .Select(o => new AttemptReservation(
                o.Allow.Task,
                o.Agent,
                o.Allow.Gate,
                o.Allow.Clearance
            ))
            .ToList();
        var waits = outcomes.Select(o => o.Outcome).OfType<Wait>().ToList();
        var stops = outcomes.Select(o => o.Outcome).OfType<Stop>().ToList();
        var asks = outcomes.Select(o => o.Outcome).OfType<Ask>().ToList();

        await using var batch = new NpgsqlBatch(connection);
        if (reserved.Count > 0)
        {
            var lease = new TaskLease
            {
                Until = now + _options.LeaseDuration,
                Token = _identity.Token,
            };
            AttemptReservation.Write(batch, reserved, lease, now);
        }

        OutcomeWriter.Write(batch, waits, stops, asks, now);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        var withoutAgent = waits.Count(w => !w.Audited);
        return (
            reserved,
            new DispatchResult(
                outcomes.Count,
                reserved.Count,
                waits.Count - withoutAgent,
                stops.Count,
                asks.Count,
                withoutAgent
            )
        );
    }

    private static TaskGate NoAgentGate(string explanation, DateTime now) =>
        new()
        {
            Decision = "no_agent",
            EvaluatedAt = now,
            Explanation = explanation,
        };

    private static AgentType AgentOf(TaskType type) =>
        TaskTypes.AgentOf(TaskTypes.ChannelOf(type)!.Value);

    private static string Sql(string name) => SqlFile.Read<Dispatcher>(name);
}
