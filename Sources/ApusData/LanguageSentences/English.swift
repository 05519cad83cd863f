// Sentences in English, written for Apus.
extension LanguageSentences {
    // swift-format-ignore
    static let english = """
        I forgot to set my alarm last night, so I missed the first half of the meeting this morning.
        The rain had stopped by noon, but the football pitch was still far too muddy to play on.
        My grandmother keeps every letter she has ever received in a biscuit tin under the stairs.
        Could you pick up some bread and a dozen eggs on your way home from work?
        Scientists have found that crows can remember a human face for many years.
        Chop the onions finely, then fry them gently in a little oil until they turn soft and golden.
        The council has agreed to spend more money on repairing the roads before the winter.
        We took the early train to the coast and spent the whole day walking along the cliffs.
        She said she would call me back, but I haven't heard anything from her since Tuesday.
        The old bridge was built by monks who wanted to bring their wool to the market town.
        When the bell rang, the children rushed out of the classroom without their coats.
        Thank you for your kind letter, which cheered us all up during a rather gloomy week.
        Our team played well in the first half, yet we somehow managed to lose by three goals.
        There is nothing quite like the smell of fresh coffee when you have hardly slept.
        Whales breathe air just as we do, so they must come up to the surface every so often.
        “Where on earth have you been?” she asked, standing in the doorway with her arms folded.
        He has worked at the same bakery for thirty years and still gets up at four in the morning.
        Before you change the light bulb, make sure that the power has been switched off.
        Nobody in the village could say who had left the basket of apples outside the church.
        The weather forecast says it will be dry tomorrow, with a cold wind blowing from the east.
        My brother is learning to play the drums, which is hard on everyone else in the house.
        If you don't know the answer, just write down what you think and explain why.
        The dog lay in front of the fire, twitching his paws as though he were chasing rabbits.
        They moved to the countryside because they wanted their children to grow up with animals.
        Thousands of people lined the streets to welcome the swimmers home after the games.
        It took us almost three hours to put up the tent, and then we found out we had lost the pegs.
        The teacher handed back our essays and told us that most of them were much too short.
        Light from the nearest star takes more than four years to reach the earth.
        I would rather stay in and read a book than go to another noisy party with your friends.
        The shop on the corner sells everything from shoelaces to second-hand wedding dresses.
        During the war, she drove an ambulance through the city at night without any headlights.
        Mix the flour with the butter until it looks like breadcrumbs, then add the cold water.
        What time does the museum close, and do we need to book our tickets in advance?
        The farmer leaned over the gate and watched his sheep wander slowly down the hill.
        You should have seen her face when she opened the box and found the puppy inside.
        Workers at the factory walked out on Monday after talks about their wages broke down.
        A thick fog came in from the sea and swallowed the lighthouse, the harbour and the boats.
        I can't believe how quickly the kids have grown since we saw them last summer.
        He tried to mend the kettle himself and ended up blowing every fuse in the house.
        Bees visit the same patch of flowers again and again as long as there is enough nectar.
        Please leave your muddy boots by the back door and hang your wet things in the hall.
        The queen was said to have slept in this very room, though she complained about the bed.
        After months of training, she finally ran the marathon in under four hours.
        We should leave before it gets dark, because the path through the woods is easy to miss.
        My boss asked whether I could work this weekend, and I couldn't think of a good excuse.
        The soup needs a little more salt, but otherwise it tastes just like the one Mum used to make.
        Some birds build their nests from mud, while others simply lay their eggs on bare rock.
        The judge ordered the company to clean up the river and pay for the damage it had done.
        Would you mind keeping an eye on my bag while I go and ask about the delay?
        They sat on the kitchen floor, eating cold chips and talking about their years at school.
        The goalkeeper dived the wrong way, but the ball hit the post and bounced back out.
        On clear nights you could hear the trains on the other side of the valley.
        Having lost the map, we followed the stream downhill and hoped it would lead to a road.
        The twins look so much alike that even their father sometimes calls them by the wrong name.
        Turn left at the post office, go past the school, and you will see our house on the right.
        The library was so quiet that I could hear the clock ticking above the front desk.
        Although the doctor had told him to rest, he was out digging the garden the next morning.
        The price of fruit has gone up sharply because late frosts killed much of the blossom.
        She wrote her first novel on the bus, scribbling a few lines each day on the way to work.
        The cat has decided that my keyboard is the warmest and most comfortable place to sleep.
        Plants need sunlight to make their food, which is why they lean towards the window.
        Dear neighbours, we are having a small party on Friday and apologise for any noise.
        He counted his coins twice, sighed, and put the chocolate bar back on the shelf.
        The play was cancelled because half of the actors had come down with the flu.
        How did you manage to get tickets? I thought they had sold out within minutes.
        Years ago this street was full of tailors, cobblers and people who sold hot chestnuts.
        My daughter wants to be an astronaut, although she is still a bit afraid of the dark.
        The path climbs steeply at first and then follows the ridge with lovely views on both sides.
        They argued about whose turn it was to wash up until the last bus had gone.
        A fox has been stealing our chickens, so we spent the weekend building a stronger fence.
        I'm writing to let you know how much we enjoyed our stay at your lovely guest house.
        The snow melted within a day, leaving nothing behind but a carrot and an old hat.
        Keep stirring the sauce so that it doesn't stick to the bottom of the pan.
        He grew up on a small island where everybody knew when the ferry was late and why.
        The new hospital will open in the spring, two years later than had been promised.
        Her handwriting was so tiny that I had to borrow a magnifying glass to read the recipe.
        The coach told the girls to forget about the score and simply enjoy themselves.
        While digging a new drain, the builders came across the walls of a forgotten chapel.
        There was no milk left for our tea, and none of us wanted to walk to the shop in the rain.
        Sharks have been around for longer than trees, which few people find easy to believe.
        He always hums when he is nervous, so we knew at once that something was wrong.
        Do you think they would notice if we quietly left before the speeches started?
        The bus driver waited for the old man, who was waving his stick and hurrying up the road.
        It is better to plant the beans after the last frost, when the soil has warmed up.
        My uncle claims he once shared a sandwich with a famous film star on a night train.
        The students were asked to measure the shadow of the same pole at different hours.
        We watched the swallows gather on the wires, knowing that summer was nearly over.
        The lock is stiff, so you have to pull the door towards you while turning the key.
        Most of the furniture went to my sister, but I kept the clock that never worked.
        The band played on even though the wind kept blowing their music across the square.
        """
}
