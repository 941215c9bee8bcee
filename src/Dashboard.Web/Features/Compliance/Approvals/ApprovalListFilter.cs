using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;

namespace Dashboard.Web.Features.Compliance.Approvals;

/// <summary>Which requests the page shows; the same thing as its query string.</summary>
public sealed record ApprovalListFilter
{
    /// <summary>Decided, expired and withdrawn ones instead of those that wait.</summary>
    public bool History { get; init; }

    /// <summary>Name of the rule that asks.</summary>
    public string? Rule { get; init; }

    /// <summary>The way it would go.</summary>
    public Channel? Channel { get; init; }

    /// <summary>One campaign's requests.</summary>
    public Guid? CampaignId { get; init; }

    /// <summary>One customer's requests.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>Part of a company's or a contact's name.</summary>
    public string? Text { get; init; }

    /// <summary>True when anything but waiting or decided is chosen.</summary>
    public bool IsNarrowed => this with { History = false } != new ApprovalListFilter();

    /// <summary>Reads the query string; what cannot be read is left out.</summary>
    public static ApprovalListFilter From(
        string? status,
        string? rule,
        string? channel,
        Guid? campaign,
        Guid? customer,
        string? text
    ) =>
        new()
        {
            History = status == "decided",
            Rule = string.IsNullOrWhiteSpace(rule) ? null : rule,
            Channel = EnumText.TryParse<Channel>(channel, out var way) ? way : null,
            CampaignId = campaign,
            CustomerId = customer,
            Text = string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
        };

    /// <summary>The query string's parameters; null takes a parameter out.</summary>
    public Dictionary<string, object?> ToParameters() =>
        new(StringComparer.Ordinal)
        {
            ["status"] = History ? "decided" : null,
            ["rule"] = Rule,
            ["channel"] = Channel?.ToText(),
            ["campaign"] = CampaignId,
            ["customer"] = CustomerId,
            ["q"] = Text,
        };
}
