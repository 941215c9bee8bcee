using Dashboard.Data.Agents;
using Dashboard.Data.Compliance.Rules.Packs;
using Dashboard.Data.Operators;
using Dashboard.Data.Templates;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Commands;

/// <summary>
/// What a new installation needs to work: templates, rules and agents, each only where there are none at all, so what an
/// operator changed or removed stays so. Returns the rows added.
/// </summary>
/// <param name="WithAgents">False leaves the agents out: the demo data brings its own.</param>
public sealed record SeedStandards(bool WithAgents = true) : ICommand<int>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.Administrators;

    /// <inheritdoc />
    public CommandTarget Target => new("installation", Guid.Empty, "seeded");

    /// <inheritdoc />
    public async Task<Result<int>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var db = context.Db;
        // Two processes that start at once must not both find the tables empty.
        await context.ExecuteAsync(
            "SELECT pg_advisory_xact_lock(hashtext('dashboard.seed_standards'))",
            _ => { },
            cancellationToken
        );
        var rules = 0;
        if (!await db.ComplianceRules.AnyAsync(cancellationToken))
        {
            rules = await PackDesk.SeedAsync(context, RulePacks.Standard, cancellationToken);
        }

        if (!await db.Templates.AnyAsync(cancellationToken))
        {
            foreach (var template in StandardTemplates.Create())
            {
                template.Id = Guid.CreateVersion7();
                template.CreatedAt = context.Now;
                template.CreatedBy = context.Actor.Name;
                db.Templates.Add(template);
            }
        }

        if (WithAgents && !await db.Agents.AnyAsync(cancellationToken))
        {
            foreach (var agent in StandardAgents.Create())
            {
                agent.Id = Guid.CreateVersion7();
                agent.CreatedAt = context.Now;
                db.Agents.Add(agent);
            }
        }

        return rules + await db.SaveChangesAsync(cancellationToken);
    }
}
