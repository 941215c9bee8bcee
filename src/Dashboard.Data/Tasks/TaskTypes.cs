using Dashboard.Domain.Agents;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Tasks;

namespace Dashboard.Data.Tasks;

/// <summary>Which task goes by which channel to which kind of agent.</summary>
public static class TaskTypes
{
    /// <summary>The task of a step that goes by <paramref name="channel"/>.</summary>
    public static TaskType Of(StepChannel channel) =>
        channel switch
        {
            StepChannel.Email => TaskType.SendEmail,
            StepChannel.Phone => TaskType.MakeCall,
            StepChannel.Sms => TaskType.SendSms,
            StepChannel.Research => TaskType.ResearchCustomer,
            _ => TaskType.Escalate,
        };

    /// <summary>The task that agents of <paramref name="type"/> take.</summary>
    public static TaskType Of(AgentType type) =>
        type switch
        {
            AgentType.Email => TaskType.SendEmail,
            AgentType.Phone => TaskType.MakeCall,
            AgentType.Sms => TaskType.SendSms,
            _ => TaskType.ResearchCustomer,
        };

    /// <summary>The kind of agent behind <paramref name="channel"/>.</summary>
    public static AgentType AgentOf(Channel channel) =>
        channel switch
        {
            Channel.Email => AgentType.Email,
            Channel.Phone => AgentType.Phone,
            _ => AgentType.Sms,
        };

    /// <summary>The step channel that contacts by <paramref name="channel"/>.</summary>
    public static StepChannel StepOf(Channel channel) =>
        channel switch
        {
            Channel.Email => StepChannel.Email,
            Channel.Phone => StepChannel.Phone,
            _ => StepChannel.Sms,
        };

    /// <summary>The contact channel of a task; null for tasks without contact.</summary>
    public static Channel? ChannelOf(TaskType type) =>
        type switch
        {
            TaskType.SendEmail => Channel.Email,
            TaskType.MakeCall => Channel.Phone,
            TaskType.SendSms => Channel.Sms,
            _ => null,
        };
}
