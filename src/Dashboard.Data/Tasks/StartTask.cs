using Dashboard.Data.Commands;
using Dashboard.Data.Compliance.Facts;
using Dashboard.Data.Contacts.Reservation;
using Dashboard.Data.Operators;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;
using Dashboard.Domain.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Tasks;

/// <summary>What came of starting a task. A refusal is committed: the task waits, asks or ends as it says.</summary>
/// <param name="AttemptId">The reserved contact, which may now be carried out; null = refused.</param>
/// <param name="Refusal">Why not (<c>contact_refused</c>).</param>
/// <param name="Status">Where the task is now.</param>
/// <param name="Decision">The gate's word, or <c>campaign_paused</c>, <c>result_unknown</c>.</param>
/// <param name="NextAllowedAt">UTC; when it may be tried again; null = not by waiting.</param>
/// <param name="Findings">Each rule's finding; empty when no rule was asked.</param>
public sealed record TaskStart(
    Guid? AttemptId,
    Error? Refusal,
    AgentTaskStatus Status,
    string Decision,
    DateTime? NextAllowedAt,
    IReadOnlyList<Finding> Findings
)
{
    /// <summary>The contact may be carried out.</summary>
    public bool IsStarted => AttemptId is not null;
}

/// <summary>
/// A person or another program starts one task, waiting or taken before: the gate runs again, on the facts of this moment, and
/// the attempt is reserved by the one method that reserves. Refused, the task waits, asks for approval or is cancelled exactly as
/// in the dispatcher, and the answer carries the findings.
/// </summary>
/// <param name="TaskId">A task by e-mail, text message or phone.</param>
/// <param name="AgentId">The agent that carries it out; its seat is human or external.</param>
public sealed record StartTask(Guid TaskId, Guid AgentId) : ICommand<TaskStart>
{
    /// <summary>When a task that waits for a repair (broken rule, unknown time zone) is looked at again.</summary>
    private static readonly TimeSpan s_recheckAfter = TimeSpan.FromMinutes(10);

    /// <inheritdoc />
    public string AllowedRoles => Roles.TaskManagers;

    /// <inheritdoc />
    public CommandTarget Target => new("task", TaskId, "started");

    /// <inheritdoc />
    public async Task<Result<TaskStart>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var found = await ActingAgent.FindAsync(context, AgentId, cancellationToken);
        if (found.Error is { } cannot)
        {
            return cannot;
        }

        var task = await context
            .Db.Tasks.AsNoTracking()
            .Where(t => t.Id == TaskId)
            .Select(t => new
            {
                t.CustomerId,
                t.Type,
                t.Status,
                t.AssignedAgentId,
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (task is null)
        {
            return Error.NotFound("This task does not exist any more.");
        }

        if (Refuse(found.Value, task.Type, task.AssignedAgentId) is { } refusal)
        {
            return refusal;
        }

        var result = await ReserveAsync(context, found.Value, task.CustomerId, cancellationToken);
        return result.Outcomes is [var outcome]
            ? Judge(outcome, result)
            : Error.IllegalTransition(
                $"Only a task that waits can be started; this one is {task.Status.ToText()}."
            );
    }

    private Error? Refuse(Agent agent, TaskType type, Guid? meantFor)
    {
        if (TaskTypes.Of(agent.Type) != type)
        {
            return Error.IllegalTransition(
                $"{agent.Config?.Name ?? "The agent"} takes {TaskTypes.Of(agent.Type).ToText()} tasks; this is {type.ToText()}."
            );
        }

        return meantFor is { } other && other != AgentId
            ? Error.IllegalTransition(
                "This task is another agent's. Reassign it, or start one of your own."
            )
            : null;
    }

    private Task<ReservationResult> ReserveAsync(
        CommandContext context,
        Agent agent,
        Guid customerId,
        CancellationToken cancellationToken
    ) =>
        new ContactReservation(new StoredRuleCache(), context.Time).RunAsync(
            context.Transaction,
            new TaskClaim.One(TaskId, customerId, AgentId),
            new ReservationTerms(
                AgentLease.Token(AgentId),
                AgentLease.Started,
                s_recheckAfter,
                context.Actor.Type,
                context.Actor.Id,
                SeatProvider.Of(agent.Config!.Seat)
            ),
            cancellationToken
        );

    private static Result<TaskStart> Judge(Outcome outcome, ReservationResult result)
    {
        if (outcome is Wait { For: WaitFor.Agent })
        {
            // Nothing is kept: whether this agent has a place says nothing about the task.
            return Error.IllegalTransition(outcome.Gate.Explanation ?? "The agent has no place.");
        }

        var findings = outcome.Judgement?.Decision.Findings ?? [];
        return result.Attempts is [var attempt]
            ? new TaskStart(
                attempt,
                null,
                AgentTaskStatus.InProgress,
                outcome.Gate.Decision,
                null,
                findings
            )
            : new TaskStart(
                null,
                new Error(
                    "contact_refused",
                    outcome.Gate.Explanation ?? "The contact is not allowed."
                ),
                outcome is Stop ? AgentTaskStatus.Cancelled : AgentTaskStatus.Pending,
                outcome.Gate.Decision,
                outcome.Gate.NextAllowedAt,
                findings
            );
    }
}
