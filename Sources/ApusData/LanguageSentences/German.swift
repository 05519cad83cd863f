// Sentences in German, written for Apus.
extension LanguageSentences {
    // swift-format-ignore
    static let german = """
        Ich habe heute Morgen meinen Schlüssel vergessen und musste zwei Stunden vor der Tür warten.
        Der Wetterdienst warnt vor kräftigen Gewittern, die am Abend über den Süden des Landes ziehen.
        Meine Großmutter backt jeden Sonntag einen Apfelkuchen, obwohl sie selbst keinen Zucker essen darf.
        Wenn du mit den Hausaufgaben fertig bist, können wir zusammen ins Schwimmbad fahren.
        Die Forscher beobachteten, wie die Raben ihr Futter vor den anderen Tieren versteckten.
        „Warum bist du gestern nicht gekommen?“, fragte sie und sah ihn lange schweigend an.
        Der Zug nach Hamburg fällt heute leider aus, weil ein Signal beschädigt worden ist.
        Zwiebeln fein hacken, in etwas Butter glasig dünsten und anschließend mit Brühe ablöschen.
        Unsere Mannschaft hat das Spiel in der letzten Minute doch noch gewonnen.
        Nach dem Krieg lag die halbe Stadt in Trümmern, und es fehlte an Kohle und an Brot.
        Vielen Dank für Ihren freundlichen Brief, über den wir uns alle sehr gefreut haben.
        Die Katze schläft am liebsten auf der warmen Fensterbank neben den Kräutertöpfen.
        Mein Bruder möchte Tischler werden, denn er arbeitet lieber mit den Händen als am Schreibtisch.
        Im Herbst sammeln die Eichhörnchen Nüsse und vergessen später, wo sie sie vergraben haben.
        Können Sie mir bitte sagen, wie ich von hier aus am schnellsten zum Bahnhof komme?
        Der Gemeinderat hat beschlossen, den alten Spielplatz hinter der Kirche zu erneuern.
        Als wir auf dem Gipfel ankamen, hing dichter Nebel im Tal und man sah überhaupt nichts.
        Die Lehrerin erklärte den Kindern, weshalb der Mond nicht immer gleich aussieht.
        Er hatte so großen Hunger, dass er gleich drei Teller Suppe hintereinander aß.
        Ich würde gern länger bleiben, aber mein letzter Bus fährt schon um halb elf.
        Drücken Sie die rote Taste und halten Sie sie gedrückt, bis das Lämpchen erlischt.
        Seit meine Tochter ausgezogen ist, kommt mir die Wohnung viel zu groß und zu still vor.
        Die Preise für Strom und Gas sind im vergangenen Jahr noch einmal deutlich gestiegen.
        Der Bäcker steht auf, wenn andere Leute ins Bett gehen, und freut sich auf seinen Feierabend.
        Wir haben uns beim Wandern verlaufen und erst nach Einbruch der Dunkelheit das Dorf gefunden.
        Das Schloss wurde im Auftrag eines Fürsten gebaut, der es niemals betreten hat.
        Bienen verständigen sich durch einen Tanz, der den anderen den Weg zu den Blüten zeigt.
        Mein Vater liest die Zeitung immer von hinten nach vorn, weil ihn nur der Sport interessiert.
        Hast du schon gehört, dass unsere Nachbarn im Frühling nach Österreich ziehen wollen?
        Sie zog den Mantel enger um die Schultern und ging schweigend durch den Schnee nach Hause.
        Am Wochenende wollen wir endlich den Keller aufräumen und die alten Möbel verschenken.
        Der Trainer war mit der Leistung seiner Spieler überhaupt nicht zufrieden.
        Bei Glatteis sollte man langsam fahren und genügend Abstand zum Vordermann halten.
        Die Suppe ist noch zu heiß, also puste lieber, bevor du dir die Zunge verbrennst.
        Auf dem Dachboden entdeckten wir einen Koffer voller Briefe, die niemand je abgeschickt hatte.
        Das Wasser des Sees war so klar, dass man die Steine auf dem Grund zählen konnte.
        Ich kann mir einfach nicht merken, wann welche Mülltonne abgeholt wird.
        Der Arzt riet ihm, weniger Kaffee zu trinken und öfter an die frische Luft zu gehen.
        Liebe Eltern, bitte geben Sie Ihrem Kind morgen feste Schuhe und eine Regenjacke mit.
        Weil der Aufzug schon wieder kaputt war, trugen wir die Waschmaschine in den fünften Stock.
        Schwalben bauen ihre Nester aus Lehm und kehren oft jahrelang zum selben Hof zurück.
        Obwohl sie erst acht Jahre alt ist, spielt sie besser Schach als ihr Onkel.
        Die Polizei sucht nach einem Mann, der in der Nacht mehrere Fahrräder gestohlen haben soll.
        Früher wurde die Wäsche am Fluss gewaschen und auf der Wiese zum Bleichen ausgelegt.
        Wir treffen uns um acht vor dem Kino, und wer zu spät kommt, zahlt das Popcorn.
        Der alte Hund hörte zwar schlecht, aber das Rascheln der Wursttüte entging ihm nie.
        Nimm ein scharfes Messer, schneide die Kartoffeln in dünne Scheiben und würze sie kräftig.
        Für die Prüfung habe ich wochenlang gelernt, und trotzdem war ich furchtbar aufgeregt.
        In den Alpen schmelzen die Gletscher schneller, als die Wissenschaft noch vor Jahren annahm.
        Das Kind zeigte auf den Regenbogen und fragte, wer ihn wohl gemalt habe.
        Nachdem die Fabrik geschlossen worden war, verließen viele junge Leute die Gegend.
        Ich schicke dir das Rezept, sobald ich den Zettel meiner Tante wiedergefunden habe.
        Der Chor probt jeden Dienstag in der Schule und sucht noch dringend einige Männerstimmen.
        Gestern hat es so heftig geregnet, dass das Wasser bis in die Garage gelaufen ist.
        Zum Frühstück gibt es bei uns meistens Brötchen mit Honig und ein weich gekochtes Ei.
        Sein Vorschlag wurde abgelehnt, weil die Kosten angeblich zu hoch gewesen wären.
        Schau doch mal aus dem Fenster, der Igel von gestern sitzt wieder unter dem Busch!
        Die Läuferin stürzte kurz vor dem Ziel, stand aber sofort auf und wurde noch Zweite.
        Mit dem neuen Fahrplan müssen die Schüler morgens eine halbe Stunde früher aufstehen.
        Man hört das Meer schon, lange bevor man es hinter den Dünen sehen kann.
        Meine Kollegin spricht fünf Sprachen fließend, aber Kopfrechnen kann sie überhaupt nicht.
        Vor dem Einschalten prüfen Sie bitte, ob alle Schrauben fest angezogen sind.
        Der Schnee knirschte unter unseren Stiefeln, und über dem Wald stand der volle Mond.
        Wer hat denn schon wieder das Licht im Badezimmer brennen lassen und die Tür nicht zugemacht?
        Die Regierung möchte den öffentlichen Verkehr ausbauen und dafür neue Schulden aufnehmen.
        Mein kleiner Neffe glaubt fest daran, dass unter seinem Bett ein freundlicher Drache wohnt.
        Als der Vorhang fiel, blieb es zunächst still, doch dann brach tosender Beifall los.
        Wir sollten die Tomaten gießen, bevor die Sonne zu hoch steht und die Erde austrocknet.
        Er schrieb ihr jeden Tag einen Brief, bekam aber nie eine Antwort von ihr.
        Die Mönche brauten ihr Bier nach einer Vorschrift, die sie streng geheim hielten.
        Ohne die Schwerkraft würde alles, was nicht befestigt ist, einfach ins All davonschweben.
        Das Mädchen übte so lange Geige, bis sogar der mürrische Nachbar mitsummte.
        Du brauchst dich nicht zu entschuldigen, ich habe mich ja selbst ungeschickt ausgedrückt.
        Auf dem Markt kaufe ich am liebsten bei der Bäuerin, die ihre Kühe noch mit Namen kennt.
        Der Nebel löste sich gegen Mittag auf, und plötzlich war es beinahe sommerlich warm.
        Sie kündigte ihre Stelle bei der Bank und eröffnete eine winzige Buchhandlung am Hafen.
        Die Feuerwehr musste gestern ein Pferd befreien, das in einen Graben gerutscht war.
        Manchmal wünschte ich, ich hätte als Kind das Klavierspielen nicht so früh aufgegeben.
        Das Brot muss noch eine Viertelstunde im Ofen bleiben, sonst ist es innen nicht gar.
        Zwischen den beiden Dörfern gab es jahrhundertelang Streit um ein kleines Stück Wald.
        Könntest du mir bitte beim Umzug helfen? Ich lade dich danach auch zum Essen ein.
        Der Torwart hielt alles, was auf ihn zukam, und wurde von den Fans begeistert gefeiert.
        Über Nacht sind die ersten Krokusse aufgeblüht, gleich neben dem Rest des Schneemanns.
        Großvater zeigte uns, wie man aus Weidenzweigen eine richtige Flöte schnitzt.
        Nach der Sitzung wusste keiner mehr, was eigentlich beschlossen worden war.
        Ich freue mich schon sehr auf euren Besuch und habe das Gästezimmer frisch gestrichen.
        Die Ausstellung zeigt, womit die Menschen in der Eiszeit jagten, nähten und musizierten.
        Setz dich doch ein bisschen zu uns, es ist noch genug Kuchen und Kaffee für alle da!
        Pilze, die man nicht ganz sicher erkennt, lässt man besser stehen, egal wie lecker sie aussehen.
        Der Fahrer bremste scharf, weil ein Reh aus dem Gebüsch auf die Straße sprang.
        """
}
