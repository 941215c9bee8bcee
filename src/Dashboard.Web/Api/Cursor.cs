using System.Globalization;
using Dashboard.Domain.Results;

namespace Dashboard.Web.Api;

/// <summary>Where a page of a list by time ends: <c>{ticks}-{id}</c>.</summary>
/// <param name="At">UTC.</param>
/// <param name="Id">Tells rows of the same instant apart.</param>
internal readonly record struct Cursor(DateTime At, Guid Id)
{
    /// <summary>Reads <c>after</c>; null stays null, anything that no list gave out is refused.</summary>
    public static Result<Cursor?> Read(string? after)
    {
        if (after is null)
        {
            return (Cursor?)null;
        }

        var dash = after.IndexOf('-', StringComparison.Ordinal);
        return
            dash > 0
            && long.TryParse(
                after.AsSpan(0, dash),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var ticks
            )
            && ticks <= DateTime.MaxValue.Ticks
            && Guid.TryParse(after.AsSpan(dash + 1), out var id)
            ? new Cursor(new DateTime(ticks, DateTimeKind.Utc), id)
            : Error.Invalid("after", $"after is '{after}': use the 'next' of the page before.");
    }

    /// <inheritdoc />
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{At.Ticks}-{Id}");
}
