using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Actors.Areas;
using Xunke.Analytics.Seats;
using Xunke.Web.Hosting;

namespace Xunke.Web.Areas;

/// <summary>Why areas are not taken. The code names the fault, <c>area</c> which of the two has it.</summary>
internal static class AreaRefusal
{
    /// <summary>What was drawn is no area.</summary>
    public static ProblemHttpResult Of(AreaFault fault, bool inFront)
    {
        string name = inFront ? "讲台区" : "学生区";
        (string code, string detail) = fault switch
        {
            AreaFault.OutsidePicture => ("area-outside", $"{name}有顶点在画面外"),
            AreaFault.Crossing => ("area-crossing", $"{name}的边相交或重叠，请调整顶点"),
            AreaFault.TooSmall => ("area-too-small", $"{name}太小"),
            _ => ("area-points", $"{name}要有 {Area.FewestPoints} 到 {Area.MostPoints} 个顶点"),
        };
        return Problems.Create(StatusCodes.Status400BadRequest, code, detail, ("area", inFront ? "front" : "pupils"));
    }

    /// <summary>Somebody else was quicker.</summary>
    public static ProblemHttpResult Changed(RoomAreasState now) => Problems.Create(
        StatusCodes.Status409Conflict,
        "areas-changed",
        "别人刚刚改过这间教室的区域，你的修改没有保存。请重新载入后再改",
        ("version", now.Version),
        ("by", now.Drawn?.By),
        ("at", now.Drawn?.At));
}
