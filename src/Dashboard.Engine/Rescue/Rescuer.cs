using Dashboard.Data.Contacts.Results;
using Dashboard.Data.Sql;
using Dashboard.Data.Tasks;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Engine.Channels;
using Dashboard.Engine.Loops;
using Dashboard.Engine.Sending;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dashboard.Engine.Rescue;

/// <summary>What one round of rescue did.</summary>
/// <param name="Released">Tasks back to pending: nothing had been reserved.</param>
/// <param name="LookedUp">Reserved attempts whose fate the provider was asked for.</param>
/// <param name="CountsRepaired">Agents whose count did not match their tasks.</param>
/// <param name="WentOffline">Agents that stopped saying that they are alive.</param>
public sealed record RescueResult(int Released, int LookedUp, int CountsRepaired, int WentOffline);

/// <summary>
/// Takes over from workers that died. What was reserved but never confirmed is looked up at the provider; when that cannot
/// say, the attempt stays <c>unconfirmed</c>: it counts as a contact and is never sent again by itself.
/// </summary>
public sealed class Rescuer : IEngineJob
{
    private readonly NpgsqlDataSource _source;
    private readonly ResultRecorder _recorder;
    private readonly ChannelSet _channels;
    private readonly EngineIdentity _identity;
    private readonly EngineOptions _options;
    private readonly TimeProvider _time;

    internal Rescuer(
        NpgsqlDataSource source,
        ResultRecorder recorder,
        ChannelSet channels,
        EngineIdentity identity,
        IOptions<EngineOptions> options,
        TimeProvider time
    )
    {
        _source = source;
        _recorder = recorder;
        _channels = channels;
        _identity = identity;
        _options = options.Value;
        _time = time;
    }

    /// <inheritdoc />
    public TimeSpan Interval => _options.HeartbeatInterval;

    /// <summary>Token of what is being rescued: the sender of this process must not take it for its own.</summary>
    private string Token => _identity.Token + ":rescue";

    /// <inheritdoc />
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await BeatAsync(cancellationToken);
        var result = await RunOnceAsync(cancellationToken);
        return result.Released + result.LookedUp >= _options.BatchSize;
    }

    /// <summary>Says that the engine's own agents are alive.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken = default)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await LockAgentsAsync(connection, cancellationToken);
        await using var command = connection.Command(
            Sql("Heartbeat"),
            Statement.At(now),
            Statement.At(now - _options.ErrorCooldown)
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>One round.</summary>
    public async Task<RescueResult> RunOnceAsync(CancellationToken cancellationToken = default)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var lost = await TakeOverAsync(now, cancellationToken);
        var unreserved = lost.Where(t => t.AttemptId is null).Select(t => t.TaskId).ToList();
        await ReleaseAsync(unreserved, now, cancellationToken);
        var reserved = lost.Where(t => t.AttemptId is not null).ToList();
        await SettleAsync(reserved, cancellationToken);
        var (repaired, silent) = await RepairAgentsAsync(now, cancellationToken);
        return new RescueResult(unreserved.Count, reserved.Count, repaired, silent);
    }

    private async Task<List<LostTask>> TakeOverAsync(
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.Command(
            Sql("TakeOver"),
            Statement.At(now),
            Statement.Text(Token),
            Statement.Text((now + _options.LeaseDuration).ToString("O")),
            Statement.Number(_options.BatchSize)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var lost = new List<LostTask>();
        while (await reader.ReadAsync(cancellationToken))
        {
            lost.Add(
                new LostTask(
                    reader.GetGuid(0),
                    reader.KeyOrNull(1),
                    (reader.IsDBNull(2) ? 0 : reader.GetInt32(2))
                        >= (reader.IsDBNull(3) ? 1 : reader.GetInt32(3)),
                    reader.KeyOrNull(4),
                    reader.TextOrNull(5),
                    reader.TextOrNull(6)
                )
            );
        }

        return lost;
    }

    private async Task ReleaseAsync(
        List<Guid> tasks,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        if (tasks.Count == 0)
        {
            return;
        }

        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.Command(
            Sql("Release"),
            Statement.Keys(tasks),
            Statement.Text(Token),
            Statement.At(now)
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Asks the providers, outside any transaction, and records what they say.</summary>
    private async Task SettleAsync(List<LostTask> tasks, CancellationToken cancellationToken)
    {
        var results = new List<AttemptResult>();
        foreach (var task in tasks)
        {
            var channel = EnumText.Parse<Channel>(task.Channel!);
            var provider = _channels.ByProvider(task.Provider, channel);
            var outcome = await LookUpAsync(provider, task, channel, cancellationToken);
            results.Add(
                SendResult.Of(
                    task.AttemptId!.Value,
                    task.TaskId,
                    task.AgentId ?? Guid.Empty,
                    task.IsLastAttempt,
                    provider?.Provider ?? task.Provider ?? "unknown",
                    outcome,
                    _options,
                    _time.GetUtcNow().UtcDateTime
                )
            );
        }

        if (results.Count > 0)
        {
            await _recorder.RecordAsync(results, Token, "rescuer", cancellationToken);
        }
    }

    private static async Task<SendOutcome> LookUpAsync(
        IChannel? provider,
        LostTask task,
        Channel channel,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (provider is not null)
            {
                return await provider.LookUpAsync(
                    task.AttemptId!.Value,
                    channel,
                    cancellationToken
                );
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return Unknown($"The provider could not be asked: {failure.Message}");
        }

        return Unknown(
            task.Provider == SeatProvider.Of(AgentSeat.Human)
                ? "The person who started it never said what became of it."
            : task.Provider == SeatProvider.Of(AgentSeat.External)
                ? "The program that started it never reported what became of it."
            : $"The provider '{task.Provider}' is not configured here."
        );
    }

    private static SendOutcome Unknown(string why) =>
        new(SendKind.Unknown, ContactStatus.Sent, "unconfirmed", Failure: why);

    private async Task<(int Repaired, int Silent)> RepairAgentsAsync(
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await LockAgentsAsync(connection, cancellationToken);
        await using var repair = connection.Command(Sql("RepairCounts"));
        var repaired = await repair.ExecuteNonQueryAsync(cancellationToken);
        await using var silence = connection.Command(
            Sql("Silent"),
            Statement.At(now - _options.OfflineAfter),
            Statement.At(now)
        );
        var silent = await silence.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (repaired, silent);
    }

    private static async Task LockAgentsAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.Command(
            "SELECT 1 FROM agents ORDER BY id FOR NO KEY UPDATE"
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Sql(string name) => SqlFile.Read<Rescuer>(name);

    private sealed record LostTask(
        Guid TaskId,
        Guid? AgentId,
        bool IsLastAttempt,
        Guid? AttemptId,
        string? Channel,
        string? Provider
    );
}
