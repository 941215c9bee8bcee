using System.Security.Claims;

namespace Dashboard.Web.Components.Layout;

/// <summary>One place the palette can lead to.</summary>
/// <param name="Group">Heading it stands under.</param>
/// <param name="Title">What it is.</param>
/// <param name="Detail">What tells it apart; may be null.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Icon">Material symbol.</param>
public sealed record PaletteItem(
    string Group,
    string Title,
    string? Detail,
    string Href,
    string Icon
);

/// <summary>Finds rows for the command palette; a feature registers one for what it knows.</summary>
public interface IPaletteSource
{
    /// <summary>At most a handful of rows that match <paramref name="text"/> (2 characters or more), best first.</summary>
    Task<IReadOnlyList<PaletteItem>> FindAsync(
        string text,
        ClaimsPrincipal user,
        CancellationToken cancellationToken
    );
}
