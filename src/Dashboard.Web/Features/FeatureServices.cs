using Dashboard.Web.Features.Agents;
using Dashboard.Web.Features.Audit;
using Dashboard.Web.Features.Campaigns;
using Dashboard.Web.Features.Compliance.Approvals;
using Dashboard.Web.Features.Compliance.Backtest;
using Dashboard.Web.Features.Compliance.Proof;
using Dashboard.Web.Features.Compliance.Why;
using Dashboard.Web.Features.Customers;
using Dashboard.Web.Features.Imports;
using Dashboard.Web.Features.Operators;
using Dashboard.Web.Features.OptOuts;
using Dashboard.Web.Features.Overview;
using Dashboard.Web.Features.Search;
using Dashboard.Web.Features.Tasks;

namespace Dashboard.Web.Features;

/// <summary>One line for each feature, in the order of the navigation.</summary>
internal static class FeatureServices
{
    /// <summary>Registers what the pages inject.</summary>
    public static IServiceCollection AddFeatures(this IServiceCollection services)
    {
        services.AddSearch();
        services.AddOverview();
        services.AddTasks();
        services.AddApprovals();
        services.AddImports();
        services.AddCustomers();
        services.AddCampaigns();
        services.AddOptOuts();
        services.AddProof();
        services.AddAudit();
        services.AddAgents();
        services.AddBacktest();
        services.AddWhy();
        services.AddOperators();
        return services;
    }

    /// <summary>Maps what features answer besides their pages.</summary>
    public static IEndpointRouteBuilder MapFeatures(this IEndpointRouteBuilder app) =>
        app.MapImports().MapCustomers().MapOptOuts().MapProof().MapAuditExport();
}
