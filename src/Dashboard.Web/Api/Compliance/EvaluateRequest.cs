using System.Text.Json;
using System.Text.Json.Serialization;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;

namespace Dashboard.Web.Api.Compliance;

/// <summary>Body of <c>POST /compliance/evaluate</c>: a case as shared/compliance/README.md describes a vector.</summary>
internal sealed class EvaluateRequest : JsonDocumentShape
{
    /// <summary>Facts of the customer; or <see cref="CustomerId"/>.</summary>
    public EvaluateCustomer? Customer { get; set; }

    /// <summary>A stored customer, in place of <see cref="Customer"/> and <see cref="History"/>.</summary>
    public Guid? CustomerId { get; set; }

    /// <summary>Rows as <c>compliance_rules</c> has them; absent = the stored rules.</summary>
    public JsonElement? Rules { get; set; }

    /// <summary>Earlier attempts and inbound contacts.</summary>
    public List<EvaluateContact> History { get; set; } = [];

    /// <summary>What is about to be sent.</summary>
    public EvaluateContact? Request { get; set; }
}

/// <summary>The facts about a customer.</summary>
internal sealed class EvaluateCustomer : JsonDocumentShape
{
    /// <summary>IANA name.</summary>
    public string? Timezone { get; set; }

    /// <summary>IANA names.</summary>
    public List<string> OtherTimezones { get; set; } = [];

    /// <summary>Opt-outs.</summary>
    public List<EvaluateOptOut> OptOuts { get; set; } = [];

    /// <summary>No contact on any channel.</summary>
    public bool DoNotContact { get; set; }

    /// <summary>Channels not to use.</summary>
    public List<string> ContactRestrictions { get; set; } = [];

    /// <summary>Hours the customer asked for.</summary>
    public EvaluateWindow? PreferredWindow { get; set; }

    /// <summary>Consents to calls beyond a limit.</summary>
    public List<EvaluatePriorConsent> PriorConsents { get; set; } = [];

    /// <summary>Consents to channels.</summary>
    public List<EvaluateConsent> Consents { get; set; } = [];

    /// <summary>Local date, yyyy-MM-dd.</summary>
    public string? NoticeSentOn { get; set; }
}

/// <summary>An opt-out.</summary>
internal sealed class EvaluateOptOut : JsonDocumentShape
{
    /// <summary>email, phone, sms or all.</summary>
    public string? Channel { get; set; }

    /// <summary>Instant, inclusive.</summary>
    public string? EffectiveAt { get; set; }

    /// <summary>Instant, exclusive; absent = for good.</summary>
    public string? ExpiresAt { get; set; }
}

/// <summary>Preferred hours by the customer's wall clock.</summary>
internal sealed class EvaluateWindow : JsonDocumentShape
{
    /// <summary>mon … sun; absent = every day.</summary>
    public List<string>? Days { get; set; }

    /// <summary>HH:mm, inclusive.</summary>
    public string? Start { get; set; }

    /// <summary>HH:mm, exclusive.</summary>
    public string? End { get; set; }
}

/// <summary>Prior consent (12 CFR 1006.14(b)(3)(i)).</summary>
internal sealed class EvaluatePriorConsent : JsonDocumentShape
{
    /// <summary>email, phone or sms.</summary>
    public string? Channel { get; set; }

    /// <summary>For this invoice only; absent = for all.</summary>
    public string? Debt { get; set; }

    /// <summary>Instant.</summary>
    public string? GivenAt { get; set; }
}

/// <summary>Consent to a channel.</summary>
internal sealed class EvaluateConsent : JsonDocumentShape
{
    /// <summary>email, phone or sms.</summary>
    public string? Channel { get; set; }

    /// <summary>Instant.</summary>
    public string? LastConfirmedAt { get; set; }
}

/// <summary>A past contact, or the one that is asked about.</summary>
internal sealed class EvaluateContact : JsonDocumentShape
{
    /// <summary>email, phone or sms.</summary>
    public string? Channel { get; set; }

    /// <summary>Instant with an offset or Z.</summary>
    public string? At { get; set; }

    /// <summary>sent, delivered, …; past contacts only.</summary>
    public string? Status { get; set; }

    /// <summary>outbound (the default) or inbound; past contacts only.</summary>
    public string? Direction { get; set; }

    /// <summary>The invoice it is about.</summary>
    public string? Debt { get; set; }

    /// <summary>The invoices it is about, when there are several.</summary>
    public List<string>? Debts { get; set; }

    /// <summary>Of a call, in seconds; past contacts only.</summary>
    public int? DurationS { get; set; }

    /// <summary>Who it is with; absent or <c>customer</c> = the customer.</summary>
    public string? Person { get; set; }

    /// <summary>E.g. <c>optout_confirmation</c>; requests only.</summary>
    public string? Purpose { get; set; }
}

/// <summary>The gate's answer.</summary>
/// <param name="Decision">allowed, allowed_with_warning, requires_approval, escalate or blocked.</param>
/// <param name="NextAllowedAt">UTC; null when it is not blocked, or never allowed.</param>
/// <param name="Findings">One for each rule.</param>
internal sealed record EvaluateResponse(
    string Decision,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTime? NextAllowedAt,
    IReadOnlyList<EvaluateFinding> Findings
);

/// <summary>One rule's verdict.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Verdict">In the words of <see cref="EvaluateResponse.Decision"/>.</param>
/// <param name="NextAllowedAt">UTC; when this rule alone would allow.</param>
/// <param name="Explanation">A sentence with the numbers.</param>
internal sealed record EvaluateFinding(
    string Rule,
    string Verdict,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTime? NextAllowedAt,
    string Explanation
)
{
    /// <summary>The gate's findings.</summary>
    public static IReadOnlyList<EvaluateFinding> Of(IEnumerable<Finding> findings) =>
        [
            .. findings.Select(f => new EvaluateFinding(
                f.Rule,
                f.Verdict.ToText(),
                f.NextAllowedAt,
                f.Explanation
            )),
        ];
}
