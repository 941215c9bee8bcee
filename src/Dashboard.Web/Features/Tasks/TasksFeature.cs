namespace Dashboard.Web.Features.Tasks;

/// <summary>The live queue of tasks.</summary>
internal static class TasksFeature
{
    /// <summary>Registers the queries of the page.</summary>
    public static IServiceCollection AddTasks(this IServiceCollection services) =>
        services
            .AddSingleton<TaskListQuery>()
            .AddSingleton<TaskDetailQuery>()
            .AddSingleton<AgentChoiceQuery>()
            .AddSingleton<OperatorChoiceQuery>();
}
