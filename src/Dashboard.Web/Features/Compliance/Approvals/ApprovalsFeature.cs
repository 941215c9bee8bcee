using Dashboard.Web.Components.Layout;

namespace Dashboard.Web.Features.Compliance.Approvals;

/// <summary>The page <c>/approvals</c>. Needs <c>AddApprovalDesk</c>.</summary>
internal static class ApprovalsFeature
{
    /// <summary>Registers its queries and the number beside its place in the menu.</summary>
    public static IServiceCollection AddApprovals(this IServiceCollection services) =>
        services
            .AddSingleton<ApprovalListQuery>()
            .AddSingleton<ApprovalDetailQuery>()
            .AddSingleton<IMenuCount, ApprovalCount>();
}
