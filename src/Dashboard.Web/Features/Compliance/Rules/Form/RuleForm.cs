using System.Text.Json;
using Dashboard.Domain.Compliance;

namespace Dashboard.Web.Features.Compliance.Rules.Form;

/// <summary>A rule while it is edited.</summary>
public sealed class RuleForm
{
    private RuleDraft _from;
    private string _saved;

    /// <summary>Starts from a draft, stored or new.</summary>
    public RuleForm(RuleDraft from)
    {
        _from = from;
        Name = from.Name;
        Description = from.Description ?? string.Empty;
        Citation = from.Citation ?? string.Empty;
        Action = from.Action;
        Severity = from.Severity;
        State = from.State;
        Condition = new ConditionForm(from.Condition);
        _saved = Signature();
    }

    /// <summary>Where it started: what is stored.</summary>
    public RuleDraft From => _from;

    /// <summary>Unique.</summary>
    public string Name { get; set; }

    /// <summary>In the words of the house.</summary>
    public string Description { get; set; }

    /// <summary>The legal source.</summary>
    public string Citation { get; set; }

    /// <summary>What it does when it does not hold.</summary>
    public RuleAction Action { get; set; }

    /// <summary>How bad a breach is.</summary>
    public RuleSeverity? Severity { get; set; }

    /// <summary>On, in shadow or off.</summary>
    public RuleState State { get; set; }

    /// <summary>The condition.</summary>
    public ConditionForm Condition { get; }

    /// <summary>It differs from where it started; a new rule does when anything was filled in.</summary>
    public bool IsChanged => Signature() != _saved;

    /// <summary>It started from that very version, settings included.</summary>
    public bool StartedFrom(RuleDraft draft) =>
        draft.BasedOn == _from.BasedOn && new RuleForm(draft).Signature() == _saved;

    /// <summary>A new rule of a kind: on and blocking.</summary>
    public static RuleDraft New(KindChoice kind) =>
        new()
        {
            RuleType = kind.Kind.RuleType,
            Condition = JsonDocument.Parse(kind.Beginning).RootElement.Clone(),
            Action = RuleAction.BlockContact,
            Severity = RuleSeverity.Medium,
        };

    /// <summary>A new rule that says what another one does.</summary>
    public static RuleDraft CopyOf(RuleDraft other) =>
        other with
        {
            RuleId = null,
            BasedOn = null,
            Name = Shortened($"{other.Name} (copy)"),
            State = RuleState.Off,
        };

    /// <summary>Goes on from another version of the rule; what was typed stays.</summary>
    public void Rebase(RuleDraft onto)
    {
        _from = onto;
        _saved = new RuleForm(onto).Signature();
    }

    /// <summary>The draft as it stands.</summary>
    public RuleDraft ToDraft() =>
        (
            _from with
            {
                Name = Name,
                Description = Description,
                Citation = Citation,
                RuleType = RuleKinds.Find(Condition.Kind)?.RuleType ?? _from.RuleType,
                Condition = Condition.ToElement(),
                Action = Action,
                Severity = Severity,
                State = State,
            }
        ).Tidy();

    private static string Shortened(string name) =>
        name.Length <= RuleDraft.LongestName ? name : name[..RuleDraft.LongestName];

    private string Signature() =>
        string.Join(
            '\u001f',
            Name.Trim(),
            Description.Trim(),
            Citation.Trim(),
            Action,
            Severity,
            State,
            Condition.ToElement().GetRawText()
        );
}
