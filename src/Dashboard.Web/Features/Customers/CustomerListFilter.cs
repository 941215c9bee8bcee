using Dashboard.Domain.Customers;
using Dashboard.Domain.Json;

namespace Dashboard.Web.Features.Customers;

/// <summary>What customers can be sorted by.</summary>
public enum CustomerSort
{
    /// <summary>Most overdue money first.</summary>
    Overdue,

    /// <summary>Oldest overdue invoice first.</summary>
    Oldest,

    /// <summary>By company name.</summary>
    Name,

    /// <summary>Highest risk score first.</summary>
    Risk,
}

/// <summary>How old an open invoice is.</summary>
public enum AgingBucket
{
    /// <summary>Not due yet.</summary>
    Current,

    /// <summary>1 to 30 days overdue.</summary>
    UpTo30,

    /// <summary>31 to 60 days overdue.</summary>
    UpTo60,

    /// <summary>61 to 90 days overdue.</summary>
    UpTo90,

    /// <summary>More than 90 days overdue.</summary>
    Over90,
}

/// <summary>Which customers the list shows and in which order; the same thing as the page's query string.</summary>
public sealed record CustomerListFilter
{
    /// <summary>Risk levels; empty = all.</summary>
    public IReadOnlyList<RiskLevel> Risks { get; init; } = [];

    /// <summary>Customers with an open invoice of one of these ages; empty = all.</summary>
    public IReadOnlyList<AgingBucket> Ages { get; init; } = [];

    /// <summary>Only customers with overdue invoices.</summary>
    public bool Overdue { get; init; }

    /// <summary>Only customers that must not be contacted.</summary>
    public bool DoNotContact { get; init; }

    /// <summary>Only customers with an opt-out in force.</summary>
    public bool OptedOut { get; init; }

    /// <summary>IANA name of a zone; <c>none</c> = customers without one.</summary>
    public string? Zone { get; init; }

    /// <summary>A tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Part of a company's or contact's name, an e-mail address, a phone or an invoice number.</summary>
    public string? Text { get; init; }

    /// <summary>The order.</summary>
    public CustomerSort Sort { get; init; }

    /// <summary>The order turned round.</summary>
    public bool Reversed { get; init; }

    /// <summary>True when anything but the order is chosen.</summary>
    public bool IsNarrowed =>
        this with { Sort = default, Reversed = false } != new CustomerListFilter();

    /// <summary>Reads the query string; what cannot be read is left out.</summary>
    public static CustomerListFilter From(CustomerListParameters query) =>
        new()
        {
            Risks = Words<RiskLevel>(query.Risk),
            Ages = Words<AgingBucket>(query.Age),
            Overdue = query.Overdue == true,
            DoNotContact = query.Dnc == true,
            OptedOut = query.OptedOut == true,
            Zone = Blank(query.Zone),
            Tag = Blank(query.Tag),
            Text = Blank(query.Q),
            Sort = EnumText.TryParse<CustomerSort>(query.Sort?.TrimStart('-'), out var sort)
                ? sort
                : CustomerSort.Overdue,
            Reversed = query.Sort?.StartsWith('-') == true,
        };

    /// <summary>The query string's parameters; null takes a parameter out.</summary>
    public Dictionary<string, object?> ToParameters() =>
        new(StringComparer.Ordinal)
        {
            ["risk"] = Join(Risks),
            ["age"] = Join(Ages),
            ["overdue"] = Overdue ? true : null,
            ["dnc"] = DoNotContact ? true : null,
            ["opted_out"] = OptedOut ? true : null,
            ["zone"] = Zone,
            ["tag"] = Tag,
            ["q"] = Text,
            ["sort"] =
                Sort == CustomerSort.Overdue && !Reversed
                    ? null
                    : (Reversed ? "-" : "") + Sort.ToText(),
        };

    /// <inheritdoc />
    public bool Equals(CustomerListFilter? other) => other is not null && Key() == other.Key();

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Key());

    private string Key() => string.Join('&', ToParameters().Select(p => $"{p.Key}={p.Value}"));

    private static string? Blank(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static List<T> Words<T>(string? list)
        where T : struct, Enum =>
        [
            .. (list ?? "")
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(word => EnumText.TryParse<T>(word, out var value) ? value : (T?)null)
                .OfType<T>()
                .Distinct(),
        ];

    private static string? Join<T>(IReadOnlyList<T> values)
        where T : struct, Enum =>
        values.Count == 0 ? null : string.Join(',', values.Order().Select(v => v.ToText()));
}

/// <summary>The query string of <c>/customers</c> as it came in.</summary>
/// <param name="Risk">Comma-separated risk levels.</param>
/// <param name="Age">Comma-separated words of <see cref="AgingBucket"/>.</param>
/// <param name="Overdue">Only with overdue invoices.</param>
/// <param name="Dnc">Only do-not-contact.</param>
/// <param name="OptedOut">Only with an opt-out.</param>
/// <param name="Zone">IANA zone or <c>none</c>.</param>
/// <param name="Tag">A tag.</param>
/// <param name="Q">Text to look for.</param>
/// <param name="Sort">A word of <see cref="CustomerSort"/>, with a leading minus for the other way round.</param>
public sealed record CustomerListParameters(
    string? Risk = null,
    string? Age = null,
    bool? Overdue = null,
    bool? Dnc = null,
    bool? OptedOut = null,
    string? Zone = null,
    string? Tag = null,
    string? Q = null,
    string? Sort = null
);
