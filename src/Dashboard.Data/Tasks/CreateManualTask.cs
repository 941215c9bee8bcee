using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Results;
using Dashboard.Domain.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Tasks;

/// <summary>One contact outside any campaign. It waits for the gate like every other.</summary>
/// <param name="CustomerId">Whom.</param>
/// <param name="Channel">How.</param>
/// <param name="Template">An active template of that channel.</param>
/// <param name="PaymentRecordId">About this invoice; null = all overdue ones.</param>
/// <param name="Reason">Why, for the task's page.</param>
public sealed record CreateManualTask(
    Guid CustomerId,
    Channel Channel,
    string Template,
    Guid? PaymentRecordId = null,
    string? Reason = null
) : ICommand<Guid>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.CollectionsManagers;

    /// <inheritdoc />
    public CommandTarget Target => new("task", Guid.Empty, "created");

    /// <inheritdoc />
    public async Task<Result<Guid>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var db = context.Db;
        if (
            !await db.Customers.AnyAsync(
                c => c.Id == CustomerId && c.DeletedAt == null,
                cancellationToken
            )
        )
        {
            return Error.NotFound("This customer does not exist any more.");
        }

        var usable = await db.Templates.AnyAsync(
            t => t.Name == Template && t.Channel == Channel && t.IsActive != false,
            cancellationToken
        );
        if (!usable)
        {
            return Error.Invalid(
                nameof(Template),
                $"There is no active template '{Template}' for this channel. Choose another one."
            );
        }

        var task = new AgentTask
        {
            Id = Guid.CreateVersion7(),
            Type = TaskTypes.Of(TaskTypes.StepOf(Channel)),
            Priority = TaskPriority.High,
            CustomerId = CustomerId,
            PaymentRecordId = PaymentRecordId,
            Status = AgentTaskStatus.Pending,
            MaxAttempts = 1,
            DueAt = context.Now,
            CreatedAt = context.Now,
            Context = new TaskContext
            {
                Channel = TaskTypes.StepOf(Channel),
                Template = Template,
                Reason = Reason ?? $"Asked for by {context.Actor.Name}.",
            },
        };
        db.Tasks.Add(task);
        return task.Id;
    }
}
