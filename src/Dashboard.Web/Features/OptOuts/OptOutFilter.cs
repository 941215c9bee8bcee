using Dashboard.Domain.Json;
using Dashboard.Domain.OptOuts;

namespace Dashboard.Web.Features.OptOuts;

/// <summary>How an opt-out stands.</summary>
public enum OptOutState
{
    /// <summary>It holds, for good or for a time.</summary>
    InForce,

    /// <summary>It holds and has an end.</summary>
    Temporary,

    /// <summary>Held until a text message has been read.</summary>
    Held,

    /// <summary>Its time is over, or somebody took it away.</summary>
    Ended,

    /// <summary>All of them.</summary>
    All,
}

/// <summary>Which opt-outs the list shows; the same thing as the page's query string.</summary>
public sealed record OptOutFilter
{
    /// <summary>How they stand.</summary>
    public OptOutState State { get; init; }

    /// <summary>Channels; empty = all.</summary>
    public IReadOnlyList<OptOutChannel> Channels { get; init; } = [];

    /// <summary>Sources; empty = all.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Part of a customer's name or address, or of the reason.</summary>
    public string? Text { get; init; }

    /// <summary>Only this customer's.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>True when anything is chosen.</summary>
    public bool IsNarrowed => this != new OptOutFilter();

    /// <summary>Reads the query string; what cannot be read is left out.</summary>
    public static OptOutFilter From(
        string? state,
        string? channel,
        string? source,
        string? q,
        Guid? customer
    ) =>
        new()
        {
            State = EnumText.TryParse<OptOutState>(state, out var known) ? known : default,
            Channels =
            [
                .. Words(channel)
                    .Where(w => EnumText.TryParse<OptOutChannel>(w, out _))
                    .Select(EnumText.Parse<OptOutChannel>)
                    .Order(),
            ],
            Sources = [.. Words(source).Order(StringComparer.Ordinal)],
            Text = string.IsNullOrWhiteSpace(q) ? null : q.Trim(),
            CustomerId = customer,
        };

    /// <summary>The query string's parameters; null takes a parameter out.</summary>
    public Dictionary<string, object?> ToParameters() =>
        new(StringComparer.Ordinal)
        {
            ["state"] = State == default ? null : State.ToText(),
            ["channel"] =
                Channels.Count == 0 ? null : string.Join(',', Channels.Select(c => c.ToText())),
            ["source"] = Sources.Count == 0 ? null : string.Join(',', Sources),
            ["q"] = Text,
            ["customer"] = CustomerId,
            ["opt_out"] = null,
        };

    /// <summary>The query string of the export of the same list.</summary>
    public string ToQuery() =>
        string.Join(
            '&',
            ToParameters()
                .Where(p => p.Value is not null)
                .Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value!.ToString()!)}")
        );

    /// <inheritdoc />
    public bool Equals(OptOutFilter? other) => other is not null && ToQuery() == other.ToQuery();

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToQuery());

    private static IEnumerable<string> Words(string? list) =>
        (list ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct(StringComparer.Ordinal);
}
