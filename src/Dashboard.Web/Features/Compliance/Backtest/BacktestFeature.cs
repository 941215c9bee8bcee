namespace Dashboard.Web.Features.Compliance.Backtest;

/// <summary>What the backtest panel and the shadow report inject; the runner comes with the data.</summary>
internal static class BacktestFeature
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddBacktest(this IServiceCollection services) =>
        services.AddSingleton<ShadowReportQuery>();
}
