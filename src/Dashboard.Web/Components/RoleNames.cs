using Dashboard.Data.Operators;

namespace Dashboard.Web.Components;

/// <summary>Roles in words for people.</summary>
public static class RoleNames
{
    /// <summary><c>CollectionsManager</c> → "collections manager".</summary>
    public static string Of(string role) =>
        role switch
        {
            Roles.CollectionsManager => "collections manager",
            Roles.ComplianceOfficer => "compliance officer",
            Roles.Supervisor => "supervisor",
            Roles.Administrator => "administrator",
            _ => role,
        };

    /// <summary>"collections manager or administrator" from comma-separated roles.</summary>
    public static string Sentence(string roles)
    {
        var names = roles.Split(',', StringSplitOptions.TrimEntries).Select(Of).ToList();
        return names.Count == 1 ? names[0] : $"{string.Join(", ", names[..^1])} or {names[^1]}";
    }

    /// <summary>True when <paramref name="user"/> has one of the comma-separated <paramref name="roles"/>; null means anyone.</summary>
    public static bool May(System.Security.Claims.ClaimsPrincipal? user, string? roles) =>
        string.IsNullOrEmpty(roles)
        || (
            user is not null && roles.Split(',', StringSplitOptions.TrimEntries).Any(user.IsInRole)
        );
}
