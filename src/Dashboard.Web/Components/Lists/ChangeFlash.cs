using System.Runtime.InteropServices;

namespace Dashboard.Web.Components.Lists;

/// <summary>
/// Remembers what each cell of a list showed and says which ones changed since, so that a changed cell can flash once.
/// The first sight of a row is no change.
/// </summary>
public sealed class ChangeFlash
{
    private Dictionary<(Guid Row, string Column), Cell> _cells = [];

    /// <summary>Takes in what the list shows now; rows that are gone are forgotten.</summary>
    public void Show(IEnumerable<(Guid Row, string Column, object? Value)> cells)
    {
        var next = new Dictionary<(Guid, string), Cell>();
        foreach (var (row, column, value) in cells)
        {
            var seen = _cells.GetValueOrDefault((row, column), new Cell(value, 0));
            next[(row, column)] = Equals(seen.Value, value)
                ? seen
                : new Cell(value, seen.Changes + 1);
        }

        _cells = next;
    }

    /// <summary>The cell's class: null until it changed, then one of two names in turn, so that each change starts anew.</summary>
    public string? Class(Guid row, string column) =>
        _cells.GetValueOrDefault((row, column)) switch
        {
            { Changes: 0 } => null,
            { Changes: var changes } when changes % 2 == 1 => "flash-odd",
            _ => "flash-even",
        };

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Cell(object? Value, int Changes);
}
