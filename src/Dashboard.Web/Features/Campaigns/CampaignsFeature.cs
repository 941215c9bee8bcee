namespace Dashboard.Web.Features.Campaigns;

/// <summary>Campaigns as a list and a board, and each campaign's page.</summary>
internal static class CampaignsFeature
{
    /// <summary>Registers the queries of the pages.</summary>
    public static IServiceCollection AddCampaigns(this IServiceCollection services) =>
        services
            .AddSingleton<CampaignListQuery>()
            .AddSingleton<CampaignBoardQuery>()
            .AddSingleton<CampaignDetailQuery>();
}
