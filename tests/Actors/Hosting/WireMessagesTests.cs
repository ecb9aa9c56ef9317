using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Configuration;
using Xunke.Actors;
using Xunke.Actors.Hosting;
using Xunke.Actors.Live;
using Xunke.Actors.Messaging;

namespace Xunke.Tests.Actors.Hosting;

/// <summary>Everything that may be told to an entity, and every answer, has a form in which it travels between nodes.</summary>
public sealed class WireMessagesTests
{
    [Fact]
    public void Every_message_of_an_entity_and_every_answer_has_a_form()
    {
        var told = typeof(RoomMessage).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && !type.IsAssignableTo(typeof(IToSelf)))
            .Where(type => type.IsAssignableTo(typeof(RoomMessage)) || type.IsAssignableTo(typeof(SchoolMessage))
                || type.IsAssignableTo(typeof(DistrictMessage)))
            .ToList();
        var answers = told.SelectMany(type => type.GetInterfaces())
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IQuestion<,>))
            .Select(question => question.GetGenericArguments()[1]);

        told.Count.ShouldBeGreaterThan(20);
        WireMessages.All.Select(message => message.Type).ShouldBe(told.Concat(answers).Distinct(), ignoreOrder: true);
    }

    [Fact]
    public void Every_message_is_read_as_it_was_written()
    {
        foreach (var message in WireMessages.All)
        {
            var bytes = message.Write(Made(message.Type, ""));
            var again = message.Read(bytes);
            again.ShouldBeOfType(message.Type);
            message.Write(again).ShouldBe(bytes, message.Manifest);
            if (message.Type.GetProperties().Length > 1)
            {
                message.Write(Made(message.Type, "other")).ShouldNotBe(bytes, $"{message.Manifest} loses what it says");
            }
        }
    }

    [Fact]
    public void A_view_of_thirty_pupils_takes_a_third_of_its_json()
    {
        var view = (RoomView)Made(typeof(RoomView), "") with
        {
            Poses = [.. Enumerable.Range(0, 30).Select(seat => new PoseView(
                seat, default, 80, [.. Enumerable.Range(0, 26).Select(joint => 300 + (seat * 20 + joint * 7) % 600)]))],
        };
        var form = WireMessages.All.Single(message => message.Type == typeof(RoomChanged));
        var bytes = form.Write(new RoomChanged(view));

        ((RoomChanged)form.Read(bytes)).View.Poses[29].Joints.ShouldBe(view.Poses[29].Joints);
        bytes.Length.ShouldBeLessThan(2_500);
    }

    [Fact]
    public void A_message_of_another_version_is_refused_in_words()
    {
        using var system = ActorSystem.Create("wire", MessageSerializer.Setup(WireMessages.All).And(BootstrapSetup.Create().WithConfig("akka { loglevel = OFF, stdout-loglevel = OFF }")));
        var serializer = system.Serialization.FindSerializerForType(typeof(GetHistory)).ShouldBeOfType<MessageSerializer>();

        serializer.Manifest(new GetHistory(TimeSpan.Zero)).ShouldBe("get-history/1");
        Should.Throw<NotSupportedException>(() => serializer.FromBinary([], "get-history/9"))
            .Message.ShouldContain("get-history/9 comes from another version");
    }

    /// <summary>An instance with something in every member.</summary>
    private static object Made(Type type, string seed)
    {
        var number = 7 + seed.Length;
        if ((Nullable.GetUnderlyingType(type) ?? type) is var plain && plain.IsEnum)
        {
            var values = Enum.GetValues(plain);
            return values.GetValue(number % values.Length)!;
        }

        if (type == typeof(string))
        {
            return $"文字{seed}";
        }

        if (plain == typeof(Guid))
        {
            return new Guid(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        }

        if (plain == typeof(DateTimeOffset))
        {
            return new DateTimeOffset(2026, 3, number, 8, 0, 0, TimeSpan.Zero);
        }

        if (plain == typeof(DateOnly))
        {
            return new DateOnly(2026, 3, number);
        }

        if (plain == typeof(TimeSpan))
        {
            return TimeSpan.FromSeconds(number);
        }

        if (plain == typeof(bool))
        {
            return seed.Length == 0;
        }

        if (plain.IsPrimitive)
        {
            return Convert.ChangeType(number, plain, System.Globalization.CultureInfo.InvariantCulture);
        }

        if (plain.IsGenericType && plain.GetGenericArguments() is [var element])
        {
            var items = Array.CreateInstance(element, 1);
            items.SetValue(Made(element, seed), 0);
            if (plain.GetGenericTypeDefinition() == typeof(ReadOnlyMemory<>))
            {
                return Activator.CreateInstance(plain, items)!;
            }

            return plain.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
                ? typeof(ImmutableArray).GetMethods().Single(method => method.Name == nameof(ImmutableArray.CreateRange) && method.GetParameters().Length == 1)
                    .MakeGenericMethod(element).Invoke(null, [items])!
                : items;
        }

        var constructor = plain.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(candidate => candidate.GetParameters() is not [var only] || only.ParameterType != plain)
            .MaxBy(candidate => candidate.GetParameters().Length);
        var made = constructor is null
            ? RuntimeHelpers.GetUninitializedObject(plain)
            : constructor.Invoke([.. constructor.GetParameters().Select(parameter => Made(parameter.ParameterType, seed))]);
        foreach (var property in plain.GetProperties().Where(property => property.SetMethod is not null && constructor?.GetParameters().Length == 0))
        {
            property.SetValue(made, Made(property.PropertyType, seed));
        }

        return made;
    }
}
