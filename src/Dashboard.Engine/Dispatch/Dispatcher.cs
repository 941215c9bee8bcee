using Dashboard.Data.Agents;
using Dashboard.Data.Contacts.Reservation;
using Dashboard.Data.Sql;
using Dashboard.Data.Tasks;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Audit;
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
    private readonly ContactReservation _reservation;
    private readonly Outbox _queue;
    private readonly EngineOptions _options;
    private readonly ReservationTerms _terms;
    private readonly TimeProvider _time;
    private DateTime _noAgentWrittenAt;

    /// <summary>One a process; it holds no state that another could miss.</summary>
    public Dispatcher(
        NpgsqlDataSource source,
        ContactReservation reservation,
        Outbox queue,
        EngineIdentity identity,
        IOptions<EngineOptions> options,
        TimeProvider time
    )
    {
        _source = source;
        _reservation = reservation;
        _queue = queue;
        _options = options.Value;
        _time = time;
        _terms = new ReservationTerms(
            identity.Token,
            _options.LeaseDuration,
            _options.RecheckAfter,
            ActorType.System,
            "dispatcher"
        );
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
        // A few more than there are places: some will be refused by the gate.
        var wanted = places
            .Where(p => p.Value > 0)
            .ToDictionary(
                p => p.Key,
                p => Math.Min(_options.BatchSize, p.Value + (p.Value / 4) + 2)
            );
        if (wanted.Count == 0)
        {
            return DispatchResult.Nothing;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var done = await _reservation.RunAsync(
            transaction,
            new TaskClaim.Due(wanted),
            _terms,
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        _queue.Offer(done.Attempts);
        return new DispatchResult(
            done.Claimed,
            done.Attempts.Count,
            done.Deferred,
            done.Cancelled,
            done.AwaitingApproval,
            done.WithoutAgent
        );
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
