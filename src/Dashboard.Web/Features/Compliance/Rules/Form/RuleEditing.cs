using Dashboard.Domain.Results;

namespace Dashboard.Web.Features.Compliance.Rules.Form;

/// <summary>What the editor's controls share: the form, what is wrong with it, and whom to tell of a change.</summary>
/// <param name="form">The rule being edited.</param>
/// <param name="changed">Called after every change.</param>
public sealed class RuleEditing(RuleForm form, Action changed)
{
    /// <summary>The rule being edited.</summary>
    public RuleForm Form => form;

    /// <summary>Its condition.</summary>
    public ConditionForm Condition => form.Condition;

    /// <summary>What keeps it from being saved, each with its field (<c>condition.windows[0].start</c>).</summary>
    public IReadOnlyList<Error> Faults { get; set; } = [];

    /// <summary>The first fault of a field or of something inside it.</summary>
    public string? Fault(string field) => Faults.FirstOrDefault(f => IsIn(f.Field, field))?.Message;

    /// <summary>Makes a change and tells of it.</summary>
    public void Change(Action edit)
    {
        edit();
        changed();
    }

    private static bool IsIn(string? fault, string field) =>
        fault is not null
        && fault.StartsWith(field, StringComparison.Ordinal)
        && (fault.Length == field.Length || fault[field.Length] is '.' or '[');
}
