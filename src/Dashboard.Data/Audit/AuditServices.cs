using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Data.Audit;

/// <summary>Registers sealing and verifying.</summary>
public static class AuditServices
{
    /// <summary>
    /// Adds <see cref="AuditSealer"/>, <see cref="AuditVerifier"/> and <see cref="AuditRowSeals"/>. Needs <c>AddDashboardData</c>, the <see cref="AuditKey"/>
    /// and the <see cref="AuditHeadFile"/>.
    /// </summary>
    public static IServiceCollection AddAuditSeals(this IServiceCollection services)
    {
        services.AddSingleton<AuditSealer>();
        services.AddSingleton<AuditVerifier>();
        services.AddSingleton<AuditRowSeals>();
        return services;
    }
}
