using Dashboard.Data;
using Dashboard.Data.Commands;
using Dashboard.Data.Imports;
using Dashboard.Data.Operators;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Imports;

/// <summary>Mappings kept under a name.</summary>
internal sealed class SavedMappings(IDbContextFactory<DashboardDb> contexts)
{
    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<SavedMapping>> ListAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<SavedMapping>().AsNoTracking().OrderBy(m => m.Name).ToListAsync(ct);
    }
}

/// <summary>Keeps a mapping under its name, in place of the one that had it.</summary>
internal sealed record SaveMapping(ImportKind Kind, ImportMapping Mapping) : ICommand<Nothing>
{
    public string AllowedRoles => Roles.CollectionsManagers;

    public CommandTarget Target => new("saved_mapping", Guid.Empty, "saved");

    public async Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var name = Mapping.Name.Trim();
        if (name.Length is 0 or > 100)
        {
            return Error.Invalid("name", "Give the mapping a name of at most 100 characters.");
        }

        var saved = await context
            .Db.Set<SavedMapping>()
            .SingleOrDefaultAsync(m => m.Name == name, cancellationToken);
        if (saved is null)
        {
            saved = new SavedMapping { Name = name };
            context.Db.Add(saved);
        }

        saved.Kind = Kind;
        saved.Mapping = Mapping;
        saved.SavedAt = context.Now;
        return default(Nothing);
    }
}
