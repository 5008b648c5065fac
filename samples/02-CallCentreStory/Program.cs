using CallCentreStory;

Console.OutputEncoding = System.Text.Encoding.UTF8;
await UnstableProduct.TellAsync(new Narrator(Console.Out));
await UnwantedTask.TellAsync(new Narrator(Console.Out));
await LetterNotEstablished.TellAsync(new Narrator(Console.Out));
await AttitudeOfStaff.TellAsync(new Narrator(Console.Out));
