using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Tasks;

/// <summary>
/// Gives an <c>escalate</c> or <c>follow_up</c> task to a person: whoever takes it, or somebody it is handed over to. It stays
/// open until <see cref="CompleteHumanTask"/>.
/// </summary>
/// <param name="TaskId">Which.</param>
/// <param name="OperatorId">Who has it now; null = nobody, it waits for somebody to take it.</param>
public sealed record AssignHumanTask(Guid TaskId, Guid? OperatorId) : ICommand<Nothing>
{
    private const string Sql = $"""
        WITH target AS (
            SELECT id, status, context -> 'operator' ->> 'name' AS before FROM tasks
            WHERE id = @id AND status IN ('pending', 'assigned') AND type IN ('escalate', 'follow_up')
            FOR NO KEY UPDATE),
        done AS (
            UPDATE tasks t
            SET status = CASE WHEN @operator IS NULL THEN 'pending' ELSE 'assigned' END,
                context = CASE WHEN @operator IS NULL THEN t.context - 'operator'
                    ELSE t.context || jsonb_build_object('operator', jsonb_build_object(
                        'id', @operator, 'name', @name, 'since', to_char(@now, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))) END
            FROM target WHERE t.id = target.id
            RETURNING t.id, target.before),
        audited AS (
            INSERT INTO {CommandSql.AuditColumns}
            SELECT gen_random_uuid(), 'task', id, 'reassigned',
                   jsonb_build_object('operator', jsonb_build_object('before', before, 'after', @name)), NULL,
                   {CommandSql.AuditValues}
            FROM done)
        SELECT count(*)::int FROM done
        """;

    /// <inheritdoc />
    public string AllowedRoles => Roles.TaskManagers;

    /// <inheritdoc />
    public CommandTarget Target => new("task", TaskId, "reassigned");

    /// <inheritdoc />
    public async Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        string? name = null;
        if (OperatorId is { } id)
        {
            name = await NameAsync(context, id, cancellationToken);
            if (name is null)
            {
                return Error.Invalid(
                    nameof(OperatorId),
                    "This person has no role that works on tasks. Choose another one."
                );
            }
        }

        var changed = await context.QueryAsync(
            Sql,
            p =>
            {
                p.AddWithValue("id", TaskId);
                p.AddText("operator", OperatorId?.ToString());
                p.AddText("name", name);
            },
            row => row.GetInt32(0),
            cancellationToken
        );
        return changed[0] == 1
            ? default(Nothing)
            : Error.IllegalTransition(
                "Only an open task for a person can be taken or handed over."
            );
    }

    /// <summary>The operator's name, if their roles let them work on tasks.</summary>
    private static async Task<string?> NameAsync(
        CommandContext context,
        Guid id,
        CancellationToken cancellationToken
    ) =>
        await HumanTasks
            .Workers(context.Db)
            .Where(u => u.Id == id)
            .Select(u => u.DisplayName)
            .SingleOrDefaultAsync(cancellationToken);
}

/// <summary>What tasks for people have in common.</summary>
public static class HumanTasks
{
    private static readonly string[] s_roles = Roles.TaskManagers.Split(',');

    /// <summary>Operators who work on tasks and can sign in.</summary>
    public static IQueryable<OperatorUser> Workers(DashboardDb db) =>
        db.Users.Where(u =>
            (u.LockoutEnd == null || u.LockoutEnd.Value.Year < 9999)
            && db.UserRoles.Any(given =>
                given.UserId == u.Id
                && db.Roles.Any(r => r.Id == given.RoleId && s_roles.Contains(r.Name))
            )
        );
}
