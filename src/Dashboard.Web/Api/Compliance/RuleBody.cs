using System.Text.Json;
using Dashboard.Data.Compliance.Rules;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;

namespace Dashboard.Web.Api.Compliance;

/// <summary>
/// A rule as a caller sends it: the columns of <c>compliance_rules</c> and its settings. In a PATCH what is left out stays as
/// it is.
/// </summary>
internal sealed class RuleBody : JsonDocumentShape
{
    /// <summary>For a backtest: the rule it changes.</summary>
    public Guid? Id { get; set; }

    /// <summary>Unique, 1 to 100 characters.</summary>
    public string? Name { get; set; }

    /// <summary>In the words of the house.</summary>
    public string? Description { get; set; }

    /// <summary>The family; left out = the kind's.</summary>
    public string? RuleType { get; set; }

    /// <summary>The exact rule, as contracts.md writes it.</summary>
    public JsonElement? Condition { get; set; }

    /// <summary>block_contact, require_approval, log_warning or escalate.</summary>
    public string? Action { get; set; }

    /// <summary>low, medium, high or critical.</summary>
    public string? Severity { get; set; }

    /// <summary>Off: it is ignored.</summary>
    public bool? IsEnabled { get; set; }

    /// <summary>Evaluated and logged, but does not act.</summary>
    public bool? IsShadow { get; set; }

    /// <summary>The legal source.</summary>
    public string? Citation { get; set; }

    /// <summary>The version the change was made from; a PATCH with it is refused when the rule changed meanwhile.</summary>
    public string? UpdatedAt { get; set; }

    /// <summary>Why; kept with the version.</summary>
    public string? Note { get; set; }

    /// <summary>Instant from which it shall be in force; left out = at once.</summary>
    public string? ActivatesAt { get; set; }

    /// <summary>The draft: this over <paramref name="known"/>.</summary>
    public RuleDraft Over(RuleDraft known, FieldReader fields, string path = "")
    {
        var state =
            IsShadow == true ? RuleState.Shadow
            : IsEnabled is { } on ? (on ? RuleState.On : RuleState.Off)
            : IsShadow == false && known.IsShadow ? RuleState.Off
            : known.State;
        return known with
        {
            Name = Name ?? known.Name,
            Description = Description ?? known.Description,
            RuleType = RuleType ?? (Condition is null ? known.RuleType : string.Empty),
            Condition = Condition ?? known.Condition,
            Action =
                Action is null && known.RuleId is not null
                    ? known.Action
                    : fields.Word<RuleAction>($"{path}action", Action),
            Severity = Severity is null
                ? known.Severity
                : fields.Word<RuleSeverity>($"{path}severity", Severity),
            Citation = Citation ?? known.Citation,
            State = state,
            BasedOn = fields.OptionalInstant($"{path}updated_at", UpdatedAt) ?? known.BasedOn,
        };
    }
}

/// <summary>A rule as it is stored, with its settings and what is said of it.</summary>
internal sealed record RuleAnswer(
    Guid Id,
    string Name,
    string? Description,
    string RuleType,
    JsonElement Condition,
    RuleAction Action,
    RuleSeverity? Severity,
    bool IsEnabled,
    bool IsShadow,
    string? Citation,
    DateTime? UpdatedAt,
    string Sentence,
    IReadOnlyList<string> Faults
)
{
    /// <summary>Of a row of the list.</summary>
    public static RuleAnswer Of(RuleRow row) =>
        new(
            row.Id,
            row.Rule.Name,
            row.Rule.Description,
            row.Rule.RuleType,
            row.Rule.Condition,
            row.Rule.Action,
            row.Rule.Severity,
            row.Rule.IsEnabled,
            row.Rule.IsShadow,
            row.Rule.Citation,
            row.Rule.BasedOn,
            row.Sentence.Text,
            [.. row.Faults.Select(f => f.Message)]
        );
}

/// <summary>A change that is not in force yet.</summary>
/// <param name="Progress">waits_for_approval or waits_for_time.</param>
/// <param name="ChangeId">Its key.</param>
/// <param name="ActivatesAt">UTC.</param>
internal sealed record WaitingAnswer(
    RuleChangeProgress Progress,
    Guid? ChangeId,
    DateTime? ActivatesAt
);
