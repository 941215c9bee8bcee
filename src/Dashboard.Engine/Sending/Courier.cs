using Dashboard.Data.Contacts.Results;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Results;
using Dashboard.Engine.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Engine.Sending;

/// <summary>Carries one message: renders it, hands it to its channel, says what became of it.</summary>
internal sealed class Courier(
    MessageBuilder messages,
    ChannelSet channels,
    IOptions<EngineOptions> options,
    TimeProvider time,
    ILogger<Courier> logger
)
{
    /// <summary>A send does not begin when its lease is about to end: the rescuer may be looking at it already.</summary>
    private const double LeaseMargin = 0.25;

    /// <summary>The result; null when the process stops before it is known, which the rescuer then finds out.</summary>
    public async Task<AttemptResult?> CarryAsync(SendJob job, CancellationToken cancellationToken)
    {
        var message = Build(job);
        if (message.Error is { } unsendable)
        {
            return SendResult.Unsendable(job, unsendable.Message);
        }

        if (job.LeaseUntil - Now < options.Value.LeaseDuration * LeaseMargin)
        {
            return null;
        }

        var channel = channels[job.Channel];
        if (await HandOverAsync(channel, message.Value, cancellationToken) is not { } outcome)
        {
            return null;
        }

        return SendResult.Of(
            job.AttemptId,
            job.TaskId,
            job.AgentId,
            job.Attempts >= job.MaxAttempts,
            channel.Provider,
            outcome,
            options.Value,
            Now
        );
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private Result<OutgoingMessage> Build(SendJob job)
    {
        try
        {
            return messages.Build(job);
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "Attempt {Attempt} could not be prepared.", job.AttemptId);
            return new Error(
                "template_failed",
                $"The message could not be made: {failure.Message}"
            );
        }
    }

    /// <summary>What a channel throws says nothing about whether the message left; null when we stop.</summary>
    private async Task<SendOutcome?> HandOverAsync(
        IChannel channel,
        OutgoingMessage message,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await channel.SendAsync(message, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "Attempt {Attempt} failed on its way.", message.AttemptId);
            return new SendOutcome(
                SendKind.Unknown,
                ContactStatus.Sent,
                "unconfirmed",
                Failure: failure.Message
            );
        }
    }
}
