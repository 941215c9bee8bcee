using Dashboard.Data.Sql;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dashboard.Engine.Channels.Simulated;

/// <summary>
/// Contacts nobody: a provider with its own books, believable delays and outcomes. Labelled <c>simulated</c> wherever a
/// contact is shown.
/// </summary>
public sealed class SimulatedChannel(
    NpgsqlDataSource source,
    IOptions<SimulationOptions> options,
    TimeProvider time
) : IChannel, IDisposable
{
    /// <summary>The label.</summary>
    public const string Name = "simulated";

    /// <summary>Hundreds of calls may be under way, but a database has few connections.</summary>
    private readonly SemaphoreSlim _writers = new(8);

    /// <inheritdoc />
    public string Provider => Name;

    /// <inheritdoc />
    public async Task<SendOutcome> SendAsync(
        OutgoingMessage message,
        CancellationToken cancellationToken
    )
    {
        var plan = SimulatedPlan.Of(message.AttemptId, message.Channel, options.Value);
        if (plan.Fails)
        {
            return new SendOutcome(
                SendKind.NotSent,
                ContactStatus.Failed,
                "not_sent",
                Failure: "The simulated network was not available."
            );
        }

        await AcceptAsync(message, cancellationToken);
        await PassAsync(plan.Takes, cancellationToken);
        return Outcome(message.AttemptId, message.Channel, plan);
    }

    /// <inheritdoc />
    public async Task<SendOutcome> LookUpAsync(
        Guid attemptId,
        Channel channel,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.Command(
            "SELECT 1 FROM ops.simulated_messages WHERE id = $1",
            Statement.Key(attemptId)
        );
        return await command.ExecuteScalarAsync(cancellationToken) is null
            ? new SendOutcome(
                SendKind.NotSent,
                ContactStatus.Failed,
                "not_sent",
                Failure: "The provider never received it."
            )
            : Outcome(attemptId, channel, SimulatedPlan.Of(attemptId, channel, options.Value));
    }

    /// <inheritdoc />
    public void Dispose() => _writers.Dispose();

    private static SendOutcome Outcome(Guid attemptId, Channel channel, SimulatedPlan plan) =>
        channel == Channel.Phone
            ? new SendOutcome(
                SendKind.Confirmed,
                plan.CallStatus,
                plan.CallStatus switch
                {
                    ContactStatus.Answered => "answered",
                    ContactStatus.Delivered => "voicemail",
                    _ => "no_answer",
                },
                $"SIM{attemptId:N}",
                plan.Duration,
                plan.Answer
            )
            : new SendOutcome(SendKind.Accepted, ContactStatus.Sent, "sent", $"SIM{attemptId:N}");

    private async Task AcceptAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        await _writers.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var command = connection.Command(
                SqlFile.Read<SimulatedChannel>("Accept"),
                Statement.Key(message.AttemptId),
                Statement.Text(message.Channel.ToText()),
                Statement.At(time.GetUtcNow().UtcDateTime)
            );
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        finally
        {
            _writers.Release();
        }
    }

    private Task PassAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        options.Value.TimeScale > 0
            ? Task.Delay(duration * options.Value.TimeScale, time, cancellationToken)
            : Task.CompletedTask;
}
