using System.Text;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Imports;

/// <summary>Text with <c>{column}</c> in it; empty when one of its columns is empty in a row.</summary>
internal sealed class PatternText
{
    private readonly List<(string Text, int Column)> _parts;

    private PatternText(List<(string Text, int Column)> parts) => _parts = parts;

    /// <summary>The columns it needs.</summary>
    public IEnumerable<int> Columns => _parts.Select(p => p.Column).Where(c => c >= 0).Distinct();

    /// <summary>Parses; the error names an unknown column or an unclosed brace.</summary>
    public static Result<PatternText> Parse(string pattern, string[] header)
    {
        var parts = new List<(string, int)>();
        var at = 0;
        while (at < pattern.Length)
        {
            var open = pattern.IndexOf('{', at);
            if (open < 0)
            {
                parts.Add((pattern[at..], -1));
                break;
            }

            var close = pattern.IndexOf('}', open);
            if (close < 0)
            {
                return Error.Invalid("pattern", $"the pattern '{pattern}' has a {{ without a }}.");
            }

            var name = pattern[(open + 1)..close];
            var column = FieldReader.IndexOf(header, name);
            if (column < 0)
            {
                return Error.Invalid(
                    "pattern",
                    $"the pattern names '{name}', which is not a column of the file."
                );
            }

            parts.Add((pattern[at..open], column));
            at = close + 1;
        }

        return new PatternText(parts);
    }

    /// <summary>Fills it from one row; null when a column it needs is empty.</summary>
    public string? Fill(string[] record)
    {
        var text = new StringBuilder();
        foreach (var (literal, column) in _parts)
        {
            text.Append(literal);
            if (column >= 0)
            {
                var value = record[column].Trim();
                if (value.Length == 0)
                {
                    return null;
                }

                text.Append(value);
            }
        }

        return text.ToString();
    }
}
