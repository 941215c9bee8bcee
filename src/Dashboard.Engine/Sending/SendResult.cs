using Dashboard.Data.Contacts.Results;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;
using Dashboard.Engine.Channels;

namespace Dashboard.Engine.Sending;

/// <summary>Makes results of what channels say.</summary>
internal static class SendResult
{
    /// <summary>The message never left and never will: template or data are at fault.</summary>
    public static AttemptResult Unsendable(SendJob job, string reason) =>
        Create(
            job.AttemptId,
            job.TaskId,
            job.AgentId,
            new SendOutcome(SendKind.Rejected, ContactStatus.Failed, "not_sent", Failure: reason),
            null,
            AgentTaskStatus.Failed,
            null
        );

    /// <summary>Reads an outcome: done, failed, or back to pending for another try while attempts are left.</summary>
    public static AttemptResult Of(
        Guid attemptId,
        Guid taskId,
        Guid agentId,
        bool isLastAttempt,
        string provider,
        SendOutcome outcome,
        EngineOptions options,
        DateTime now
    )
    {
        var isUnanswered = outcome is { Kind: SendKind.Confirmed, Outcome: "no_answer" };
        var mayTryAgain = outcome.Kind == SendKind.NotSent || isUnanswered;
        var (status, due) =
            mayTryAgain && !isLastAttempt
                ? (
                    AgentTaskStatus.Pending,
                    now + (isUnanswered ? options.CallBackOff : options.RetryBackOff)
                )
            : mayTryAgain || outcome.Kind is SendKind.Rejected or SendKind.Unknown
                ? (AgentTaskStatus.Failed, (DateTime?)null)
            : (AgentTaskStatus.Completed, null);
        return Create(attemptId, taskId, agentId, outcome, provider, status, due);
    }

    private static AttemptResult Create(
        Guid attemptId,
        Guid taskId,
        Guid agentId,
        SendOutcome outcome,
        string? provider,
        AgentTaskStatus status,
        DateTime? due
    )
    {
        var metadata = new ContactMetadata
        {
            Provider = provider,
            Delivery = outcome.Kind switch
            {
                SendKind.Accepted => Delivery.Accepted,
                SendKind.Unknown => Delivery.Unconfirmed,
                _ => Delivery.Confirmed,
            },
            Failure = outcome.Failure,
        };
        SetProviderId(metadata, outcome);
        var context = new TaskContext
        {
            Outcome = outcome.Outcome,
            Reason = Reason(outcome, status),
        };
        return new AttemptResult(
            attemptId,
            taskId,
            agentId,
            outcome.Status,
            status,
            due,
            JsonShape.Write(metadata),
            JsonShape.Write(context),
            outcome.Kind is SendKind.Accepted or SendKind.Confirmed or SendKind.Unknown,
            outcome.Kind == SendKind.NotSent,
            outcome.Duration,
            outcome.Response
        );
    }

    private static void SetProviderId(ContactMetadata metadata, SendOutcome outcome)
    {
        var id = outcome.ProviderId;
        if (id?.Contains('@', StringComparison.Ordinal) == true)
        {
            metadata.EmailId = id;
        }
        else if (outcome.Duration is not null)
        {
            metadata.CallSid = id;
        }
        else
        {
            metadata.SmsId = id;
        }
    }

    private static string? Reason(SendOutcome outcome, AgentTaskStatus status) =>
        (outcome.Kind, status) switch
        {
            (SendKind.Unknown, _) =>
                $"Unconfirmed: nobody can say whether it left. It counts as a contact and is not sent again. {outcome.Failure}",
            (_, AgentTaskStatus.Pending) => outcome.Failure
                ?? "Nobody answered; it is tried again.",
            (_, AgentTaskStatus.Failed) => outcome.Failure
                ?? "Nobody answered in all its attempts.",
            _ => null,
        };
}
