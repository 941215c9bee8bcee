using Dashboard.Data.Operators;

namespace Dashboard.Web.Components.Layout;

/// <summary>One place of the product.</summary>
/// <param name="Group">Heading in the navigation.</param>
/// <param name="Title">Its name.</param>
/// <param name="Href">Its address.</param>
/// <param name="Icon">Material symbol.</param>
/// <param name="Roles">Who may open it (constants of <see cref="Roles"/>).</param>
public sealed record MenuItem(string Group, string Title, string Href, string Icon, string Roles);

/// <summary>The places the navigation, the bottom bar and the palette offer, in their order.</summary>
public static class Menu
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<MenuItem> Items { get; } =
    [
        new("Work", "Overview", "/", "space_dashboard", Roles.AnyRole),
        new("Work", "Tasks", "/tasks", "checklist", Roles.AnyRole),
        new("Work", "Approvals", "/approvals", "back_hand", Roles.AnyRole),
        new("Book", "Customers", "/customers", "domain", Roles.AnyRole),
        new("Book", "Campaigns", "/campaigns", "route", Roles.AnyRole),
        new("Book", "Imports", "/imports", "upload_file", Roles.CollectionsManagers),
        new("Compliance", "Rules", "/rules", "gavel", Roles.AnyRole),
        new("Compliance", "Opt-outs", "/opt-outs", "notifications_off", Roles.AnyRole),
        new("Compliance", "Proof", "/proof", "fact_check", Roles.AnyRole),
        new("Compliance", "Audit", "/audit", "history", Roles.ComplianceOfficers),
        new("Team", "Agents", "/agents", "support_agent", Roles.AnyRole),
        new("Admin", "Operators", "/operators", "manage_accounts", Roles.Administrators),
    ];

    /// <summary>Those <paramref name="user"/> may open.</summary>
    public static IEnumerable<MenuItem> For(System.Security.Claims.ClaimsPrincipal? user) =>
        Items.Where(i => RoleNames.May(user, i.Roles));
}
