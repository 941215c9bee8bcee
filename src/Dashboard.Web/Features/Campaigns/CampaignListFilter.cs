using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Json;

namespace Dashboard.Web.Features.Campaigns;

/// <summary>What campaigns can be sorted by.</summary>
public enum CampaignSort
{
    /// <summary>The next step first; those that wait for nothing last.</summary>
    Next,

    /// <summary>The newest first.</summary>
    Started,

    /// <summary>By customer.</summary>
    Customer,
}

/// <summary>Which campaigns the list shows and in which order; the same thing as the page's query string.</summary>
public sealed record CampaignListFilter
{
    /// <summary>The states of campaigns that are not over; what the page shows when the URL names none.</summary>
    public static IReadOnlyList<CampaignStatus> Open { get; } =
    [CampaignStatus.Draft, CampaignStatus.Active, CampaignStatus.Paused];

    /// <summary>States to show; empty = <see cref="Open"/>.</summary>
    public IReadOnlyList<CampaignStatus> States { get; init; } = [];

    /// <summary>Number of the step in hand or next, 1-based.</summary>
    public int? Step { get; init; }

    /// <summary>Part of a campaign's or customer's name.</summary>
    public string? Text { get; init; }

    /// <summary>The order.</summary>
    public CampaignSort Sort { get; init; }

    /// <summary>The order turned round.</summary>
    public bool Reversed { get; init; }

    /// <summary>States that are shown.</summary>
    public IReadOnlyList<CampaignStatus> ShownStates => States.Count == 0 ? Open : States;

    /// <summary>True when anything but the order is chosen.</summary>
    public bool IsNarrowed => States.Count > 0 || Step is not null || Text is not null;

    /// <summary>Reads the query string; what cannot be read is left out.</summary>
    public static CampaignListFilter From(string? state, int? step, string? q, string? sort) =>
        new()
        {
            States =
            [
                .. (state == "all" ? string.Join(',', EnumText.All<CampaignStatus>()) : state ?? "")
                    .Split(
                        ',',
                        StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
                    )
                    .Select(w =>
                        EnumText.TryParse<CampaignStatus>(w, out var s) ? s : (CampaignStatus?)null
                    )
                    .OfType<CampaignStatus>()
                    .Distinct(),
            ],
            Step = step is > 0 ? step : null,
            Text = string.IsNullOrWhiteSpace(q) ? null : q.Trim(),
            Sort = EnumText.TryParse<CampaignSort>(sort?.TrimStart('-'), out var order)
                ? order
                : CampaignSort.Next,
            Reversed = sort?.StartsWith('-') == true,
        };

    /// <summary>The query string's parameters; null takes a parameter out.</summary>
    public Dictionary<string, object?> ToParameters() =>
        new(StringComparer.Ordinal)
        {
            ["state"] =
                States.Count == 0 ? null
                : States.Count == Enum.GetValues<CampaignStatus>().Length ? "all"
                : string.Join(',', States.Order().Select(s => s.ToText())),
            ["step"] = Step,
            ["q"] = Text,
            ["sort"] =
                Sort == CampaignSort.Next && !Reversed
                    ? null
                    : (Reversed ? "-" : "") + Sort.ToText(),
        };

    /// <inheritdoc />
    public bool Equals(CampaignListFilter? other) => other is not null && Key() == other.Key();

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Key());

    private string Key() => string.Join('&', ToParameters().Select(p => $"{p.Key}={p.Value}"));
}
