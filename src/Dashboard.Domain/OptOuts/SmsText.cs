using System.Text;

namespace Dashboard.Domain.OptOuts;

/// <summary>
/// Inbound text made comparable: width, case, accents, quotes, punctuation and spaces do not matter. By hand, because the
/// program runs without ICU (InvariantGlobalization).
/// </summary>
internal static class SmsText
{
    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿ";
    private const string Plain = "aaaaaaceeeeiiiinooooouuuuyy";

    /// <summary>Lower-case words with one space between them; letters that were set apart ("S.T.O.P") are one word.</summary>
    internal static string Normalise(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var original in text)
        {
            var letter = Fold(original);
            if (char.IsAsciiLetterOrDigit(letter))
            {
                plain.Append(letter);
            }
            else if (letter != '\'' && !IsInvisible(letter))
            {
                plain.Append(' ');
            }
        }
        var words = plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && words.All(w => w.Length == 1)
            ? string.Concat(words)
            : string.Join(' ', words);
    }

    /// <summary>Letters repeated for emphasis once each: "stooopp" → "stop".</summary>
    internal static string WithoutRepeats(string word)
    {
        var result = new StringBuilder(word.Length);
        foreach (var letter in word)
        {
            if (result.Length == 0 || result[^1] != letter)
            {
                result.Append(letter);
            }
        }
        return result.ToString();
    }

    private static char Fold(char letter)
    {
        // Fullwidth forms lie in the order of ASCII.
        if (letter is >= '\uFF01' and <= '\uFF5E')
        {
            letter = (char)(letter - '\uFF01' + '!');
        }
        letter = char.ToLowerInvariant(letter);
        var accent = Accented.IndexOf(letter, StringComparison.Ordinal);
        return accent >= 0 ? Plain[accent]
            : letter is '\u2018' or '\u2019' or '\u02BC' or '`' or '\u00B4' ? '\''
            : letter;
    }

    // Zero-width characters, soft hyphen, byte-order mark, combining accents: not even a space.
    private static bool IsInvisible(char letter) =>
        letter
            is (>= '\u200B' and <= '\u200F')
                or '\u2060'
                or '\uFEFF'
                or '\u00AD'
                or (>= '\u0300' and <= '\u036F')
                or (>= '\uFE00' and <= '\uFE0F');
}
