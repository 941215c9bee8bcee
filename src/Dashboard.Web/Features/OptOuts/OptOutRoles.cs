using Dashboard.Data.Operators;

namespace Dashboard.Web.Features.OptOuts;

/// <summary>Who may do what with opt-outs, for attributes.</summary>
public static class OptOutRoles
{
    /// <summary>Who may add a stop; taking one away is for <see cref="Roles.ComplianceOfficers"/>.</summary>
    public const string Adders = $"{Roles.CollectionsManagers},{Roles.ComplianceOfficer}";
}
