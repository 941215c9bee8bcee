using Dashboard.Web.Features.Customers.Reach;

namespace Dashboard.Web.Features.Customers;

/// <summary>The book of customers and each customer's page.</summary>
internal static class CustomersFeature
{
    /// <summary>Registers the queries of the pages.</summary>
    public static IServiceCollection AddCustomers(this IServiceCollection services) =>
        services
            .AddSingleton<CustomerListQuery>()
            .AddSingleton<CustomerChoicesQuery>()
            .AddSingleton<CustomerDetailQuery>()
            .AddSingleton<NextAllowedContactQuery>()
            .AddSingleton<ReachQuery>()
            .AddSingleton<TimelineQuery>();

    /// <summary>Downloads.</summary>
    public static IEndpointRouteBuilder MapCustomers(this IEndpointRouteBuilder app)
    {
        ReachEndpoint.Map(app);
        return app;
    }
}
