namespace Dashboard.Web.Features.OptOuts;

/// <summary>Opt-outs, inbound texts and the customers' preferences.</summary>
internal static class OptOutsFeature
{
    /// <summary>Registers what the pages inject.</summary>
    public static IServiceCollection AddOptOuts(this IServiceCollection services)
    {
        services
            .AddOptions<TwilioSettings>()
            .BindConfiguration(TwilioSettings.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services
            .AddSingleton<OptOutListQuery>()
            .AddSingleton<ReviewQuery>()
            .AddSingleton<CustomerFinder>()
            .AddSingleton<ContactPreferencesQuery>()
            .AddSingleton<OptOutImportCheck>();
    }

    /// <summary>Export and what comes in from Twilio.</summary>
    public static IEndpointRouteBuilder MapOptOuts(this IEndpointRouteBuilder app)
    {
        ExportEndpoint.Map(app);
        TwilioEndpoints.Map(app);
        return app;
    }
}
