using Dashboard.Data.Campaigns;
using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Results;
using Dashboard.Domain.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Contacts;

/// <summary>
/// The customer replied to a contact. The attempt becomes <c>replied</c> (a call stays <c>answered</c>), and the campaign
/// does what the step says in <c>on_reply</c>: pause, make a follow-up task and hold, or continue.
/// </summary>
/// <param name="AttemptId">The contact replied to.</param>
/// <param name="Text">What the customer said.</param>
public sealed record RecordReply(Guid AttemptId, string Text) : ICommand<ReplyBehaviour>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.TaskManagers;

    /// <inheritdoc />
    public CommandTarget Target => new("contact_attempt", AttemptId, "replied");

    /// <inheritdoc />
    public async Task<Result<ReplyBehaviour>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var attempt = await context.Db.ContactAttempts.SingleOrDefaultAsync(
            a => a.Id == AttemptId,
            cancellationToken
        );
        if (attempt is null)
        {
            return Error.NotFound("This contact does not exist any more.");
        }

        if (attempt.Status is ContactStatus.Bounced or ContactStatus.Failed)
        {
            return Error.IllegalTransition("This contact never reached the customer.");
        }

        attempt.Status =
            attempt.Status == ContactStatus.Answered
                ? ContactStatus.Answered
                : ContactStatus.Replied;
        attempt.Response = Text;
        if (attempt.CampaignId is not { } campaignId)
        {
            return ReplyBehaviour.Continue;
        }

        var step = await context
            .Db.Tasks.Where(t => t.Id == attempt.TaskId)
            .Select(t => t.Context)
            .SingleAsync(cancellationToken);
        return await FollowAsync(context, attempt, campaignId, step.StepNumber, cancellationToken);
    }

    private async Task<Result<ReplyBehaviour>> FollowAsync(
        CommandContext context,
        ContactAttempt attempt,
        Guid campaignId,
        int? stepNumber,
        CancellationToken cancellationToken
    )
    {
        var loaded = await CampaignSql.LoadLockedAsync(context, campaignId, cancellationToken);
        if (loaded.Error is { } missing)
        {
            return missing;
        }

        var campaign = loaded.Value;
        var behaviour =
            campaign.EscalationSteps.Find(s => s.StepNumber == stepNumber)?.OnReply
            ?? ReplyBehaviour.Pause;
        if (
            behaviour == ReplyBehaviour.Continue
            || campaign.Status is not (CampaignStatus.Active or CampaignStatus.Paused)
        )
        {
            return ReplyBehaviour.Continue;
        }

        if (behaviour == ReplyBehaviour.FollowUp)
        {
            context.Db.Tasks.Add(FollowUp(context, attempt, campaign));
        }

        await PauseCampaign.HoldAsync(
            context,
            campaign,
            null,
            "The customer replied; the campaign waits for an operator.",
            cancellationToken
        );
        return behaviour;
    }

    private AgentTask FollowUp(CommandContext context, ContactAttempt attempt, Campaign campaign) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Type = TaskType.FollowUp,
            Priority = TaskPriority.High,
            CustomerId = attempt.CustomerId,
            CampaignId = campaign.Id,
            PaymentRecordId = campaign.PaymentRecordId,
            Status = AgentTaskStatus.Pending,
            MaxAttempts = 1,
            DueAt = context.Now,
            CreatedAt = context.Now,
            Context = new TaskContext { Reason = $"The customer replied: {Text}" },
        };
}
