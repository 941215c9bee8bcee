using System.Text.RegularExpressions;

namespace Dashboard.Web.Features.Compliance.Rules;

/// <summary>A part of a text beside its other version.</summary>
/// <param name="Text">The part, with its blanks.</param>
/// <param name="IsChanged">The other version does not have it here.</param>
public sealed record DiffPart(string Text, bool IsChanged);

/// <summary>Marks the words in which two texts differ.</summary>
public static partial class WordDiff
{
    private const int MostWords = 600;

    /// <summary>Both texts in parts; very long ones are marked as a whole.</summary>
    public static (IReadOnlyList<DiffPart> Before, IReadOnlyList<DiffPart> After) Between(
        string? before,
        string? after
    )
    {
        var (old, young) = (Split(before), Split(after));
        if (old.Length > MostWords || young.Length > MostWords)
        {
            return ([new(before!, true)], [new(after!, true)]);
        }

        var same = Longest(old, young);
        return (
            Parts(old, same.Select(p => p.Old).ToHashSet()),
            Parts(young, same.Select(p => p.Young).ToHashSet())
        );
    }

    /// <summary>The longest common subsequence, as places in both.</summary>
    private static List<(int Old, int Young)> Longest(string[] old, string[] young)
    {
        var length = new int[old.Length + 1, young.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = young.Length - 1; j >= 0; j--)
            {
                length[i, j] =
                    old[i] == young[j]
                        ? length[i + 1, j + 1] + 1
                        : Math.Max(length[i + 1, j], length[i, j + 1]);
            }
        }

        var pairs = new List<(int, int)>();
        for (var (i, j) = (0, 0); i < old.Length && j < young.Length; )
        {
            if (old[i] == young[j])
            {
                pairs.Add((i++, j++));
            }
            else if (length[i + 1, j] >= length[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return pairs;
    }

    private static List<DiffPart> Parts(string[] words, HashSet<int> same)
    {
        var parts = new List<DiffPart>();
        for (var i = 0; i < words.Length; i++)
        {
            var changed = !same.Contains(i);
            if (parts.Count > 0 && parts[^1].IsChanged == changed)
            {
                parts[^1] = parts[^1] with { Text = parts[^1].Text + words[i] };
            }
            else
            {
                parts.Add(new(words[i], changed));
            }
        }

        return parts;
    }

    private static string[] Split(string? text) =>
        string.IsNullOrEmpty(text) ? [] : [.. Words().Matches(text).Select(m => m.Value)];

    [GeneratedRegex(@"\s+|[\w:.–-]+|[^\w\s]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
