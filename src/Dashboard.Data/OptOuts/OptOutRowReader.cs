using System.Globalization;
using Dashboard.Data.Imports;
using Dashboard.Domain.OptOuts;

namespace Dashboard.Data.OptOuts;

/// <summary>Reads one row of a file of opt-outs; collects every fault, not the first only.</summary>
internal sealed class OptOutRowReader(CsvRecord record, Dictionary<string, int> columns)
{
    private const int LongestSource = 50;

    /// <summary>What is wrong with the row.</summary>
    public List<OptOutFileFault> Faults { get; } = [];

    /// <summary>The row; null when something is wrong with it.</summary>
    public OptOutFileRow? Read()
    {
        var id = Key();
        var email = Field("email");
        var phone = Field("phone");
        if (Field("customer_id") is null && email is null && phone is null)
        {
            Fault(null, "There is no customer_id, email or phone to find the customer by.");
        }

        var channel = Channel();
        var reason = Short("reason", AddOptOut.LongestReason);
        var source = Short("source", LongestSource);
        var (day, at) = End();
        return Faults.Count > 0
            ? null
            : new OptOutFileRow(record.Line, id, email, phone, channel, reason, day, at, source);
    }

    private Guid? Key()
    {
        if (Field("customer_id") is not { } text)
        {
            return null;
        }

        if (Guid.TryParse(text, out var id))
        {
            return id;
        }

        Fault(
            "customer_id",
            $"'{Cut(text)}' is no customer id. Use the id in the address of the customer's page, or leave it empty and fill email."
        );
        return null;
    }

    private OptOutChannel Channel()
    {
        switch (Field("channel")?.ToLowerInvariant().Replace('-', ' ').Replace('_', ' '))
        {
            case "email" or "e mail" or "mail":
                return OptOutChannel.Email;
            case "phone" or "call" or "calls" or "voice":
                return OptOutChannel.Phone;
            case "sms" or "text" or "texts" or "text message" or "text messages":
                return OptOutChannel.Sms;
            case "all" or "any" or "every channel":
                return OptOutChannel.All;
            case null:
                Fault("channel", "The channel is missing. Use email, phone, sms or all.");
                break;
            default:
                Fault(
                    "channel",
                    $"'{Cut(Field("channel")!)}' is no channel. Use email, phone, sms or all."
                );
                break;
        }

        return default;
    }

    private (DateOnly? Day, DateTime? At) End()
    {
        var text = Field("expires_at");
        if (text is null)
        {
            return default;
        }

        if (
            DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
        )
        {
            return (day, null);
        }

        // An instant without its offset could be anybody's.
        var hasOffset =
            text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
        if (
            hasOffset
            && DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var at
            )
        )
        {
            return (null, at.UtcDateTime);
        }

        Fault(
            "expires_at",
            $"'{Cut(text)}' is no date. Use 2027-01-31 (the last day, at the customer's) or 2027-01-31T18:00:00Z."
        );
        return default;
    }

    private string? Short(string column, int longest)
    {
        var text = Field(column);
        if (text?.Length > longest)
        {
            Fault(column, $"At most {longest} characters fit here; these are {text.Length}.");
        }

        return text;
    }

    private string? Field(string column)
    {
        var text = columns.TryGetValue(column, out var index) ? record.Fields[index].Trim() : null;
        // Our own export guards text that a spreadsheet would run.
        return string.IsNullOrEmpty(text) ? null
            : text.Length > 1 && text[0] == '\'' && text[1] is '=' or '+' or '-' or '@' ? text[1..]
            : text.Replace("\0", "", StringComparison.Ordinal);
    }

    private void Fault(string? column, string reason) =>
        Faults.Add(new OptOutFileFault(record.Line, column, reason));

    private static string Cut(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
