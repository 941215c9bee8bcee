using Dashboard.Data.Templates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Data.Compliance.Approvals;

/// <summary>Registers what decisions about approvals need.</summary>
public static class ApprovalServices
{
    /// <summary><see cref="ApprovalDesk"/> and the rendering of messages.</summary>
    public static IServiceCollection AddApprovalDesk(
        this IServiceCollection services,
        IConfiguration configuration
    ) => services.AddMessages(configuration).AddSingleton<ApprovalDesk>();
}
