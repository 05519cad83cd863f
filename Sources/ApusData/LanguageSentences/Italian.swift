// Sentences in Italian, written for Apus.
extension LanguageSentences {
    // swift-format-ignore
    static let italian = """
        Stamattina c'era così tanta nebbia che dalla finestra non si vedeva nemmeno il lampione.
        Mia nonna stende la sfoglia con un matterello più lungo del suo braccio e non vuole mai aiuto.
        Gli alunni hanno scritto una lettera al sindaco per chiedere che il cortile venga riparato.
        Non so se prendere il treno delle sette o aspettare che tu finisca di lavorare.
        Il nostro cane ha paura dei gatti e, quando ne vede uno, si nasconde dietro le mie gambe.
        Per fare un buon brodo bisogna lasciarlo sul fuoco basso per almeno tre ore, senza fretta.
        Ieri sera gli operai hanno chiuso la strada e gli automobilisti sono rimasti fermi a lungo.
        Quando eravamo piccoli, mio fratello e io costruivamo capanne con le coperte e le sedie.
        Secondo gli esperti, quest'anno la vendemmia comincerà prima del previsto a causa del caldo.
        La maestra ci ha raccontato come gli antichi misuravano il tempo con l'ombra e con l'acqua.
        Caro zio, ti scrivo dalla montagna, dove piove da una settimana e non c'è niente da fare.
        Ho dimenticato l'ombrello in ufficio e adesso sono bagnato dalla testa ai piedi.
        Il calciatore si è fatto male al ginocchio e non potrà giocare fino alla fine della stagione.
        Scusi, sa dirmi dov'è la fermata dell'autobus che porta all'ospedale vecchio?
        Nello stagno dietro la scuola sono nati i girini, e gli scolari li contano durante la ricreazione.
        Mio padre non butta via niente: nel suo garage ci sono ancora i pattini di quando era ragazzo.
        Nel medioevo gli abitanti del borgo salivano sulla torre appena vedevano del fumo all'orizzonte.
        Se la pasta è troppo asciutta, aggiungete un cucchiaio di acqua di cottura e mescolate bene.
        Il capo mi ha affidato un lavoro che nessuno voleva e che devo consegnare entro lunedì.
        I ricercatori hanno scoperto che questi pesci dormono nascosti nella sabbia del fondale.
        Domani il cielo sarà sereno al mattino, ma nel pomeriggio arriveranno le prime nuvole.
        Sono arrivata alla stazione proprio mentre il treno partiva e ho dovuto aspettare un'ora.
        Mia figlia vuole diventare astronauta, però ha paura di salire sulla scala della biblioteca.
        Che cosa ne dici se domenica andiamo al lago e pranziamo sull'erba con gli amici di Chiara?
        Il fornaio ha appeso un cartello sulla porta: chiuso per nozze, torniamo giovedì.
        Gli elefanti riconoscono i propri compagni anche dopo molti anni di lontananza.
        Il prezzo del gas è aumentato di nuovo e molte famiglie hanno acceso la stufa a legna.
        Prima di montare lo scaffale, controllate che nella scatola ci siano tutte le viti.
        Quella sera mangiammo pane e pomodoro sulla spiaggia e guardammo le barche che rientravano.
        Il mio collega beve sei caffè al giorno e poi si chiede perché non riesce a dormire.
        Dopo la piena del fiume, gli abitanti hanno passato giorni interi a spalare il fango.
        Non ho mai visto un tramonto così rosso come quello di ieri, dietro le colline.
        La ragazza della farmacia mi ha consigliato uno sciroppo che sa di menta e di miele.
        Il nonno raccontava sempre che da giovane era andato a piedi fino al mare con una capra.
        Gli studenti protestano perché nella nuova mensa il cibo è freddo e costa troppo.
        Chiudi bene il cancello, altrimenti le galline escono e vanno a finire nell'orto della signora Pina.
        Lo scrittore visse per dieci anni in una casa sul porto, senza mai parlare con nessuno.
        Abbiamo adottato un gatto grigio che di giorno dorme e di notte corre sugli armadi.
        La squadra ospite ha segnato subito, ma nel secondo tempo i nostri hanno ribaltato la partita.
        Pulite i carciofi, strofinateli con il limone e teneteli nell'acqua perché non diventino neri.
        Il museo ha comprato un vaso antico che i contadini avevano trovato arando un campo.
        Quando tira lo scirocco, la biancheria si asciuga in fretta ma si riempie di polvere.
        Mi dispiace, ma oggi non posso venire: devo accompagnare mia sorella dal dentista.
        I primi viaggiatori attraversavano il passo con i muli e dormivano presso i frati.
        L'insegnante di chimica ha mescolato due liquidi trasparenti e ne è uscito un blu bellissimo.
        Siamo rimasti senza luce per tutta la notte, perché un albero è caduto sui fili.
        La signora del terzo piano innaffia i gerani ogni mattina e bagna sempre chi passa sotto.
        Il governo ha approvato una legge che aiuta chi vuole ristrutturare le case di campagna.
        Hai sentito che cosa è successo al mercato? Una mucca è scappata tra i banchi della frutta.
        Di notte i ricci attraversano il giardino e fanno cadere le ciotole che teniamo sui gradini.
        Ho trovato lavoro in una piccola tipografia, dove si stampano ancora i manifesti a mano.
        Non correre sulle scale, che sono bagnate, e lascia passare la signora con la spesa.
        La vecchia ferrovia è diventata una pista ciclabile che attraversa gallerie e viadotti.
        Per il suo compleanno gli abbiamo regalato un paio di scarponi e una carta dei sentieri.
        L'infermiera mi ha fasciato la caviglia così stretta che non riuscivo più a infilare la scarpa.
        Durante il temporale ci siamo rifugiati in una chiesetta insieme a due pastori e alle loro pecore.
        La nuova commessa è gentile con tutti, anche con quelli che non comprano mai nulla.
        Gli scalatori hanno raggiunto la vetta all'alba e sono scesi prima che arrivasse la bufera.
        Mia madre conserva in un cassetto tutte le lettere che il babbo le scriveva dal servizio militare.
        Nel bosco dietro casa ci sono dei funghi bellissimi, però nessuno di noi sa se siano buoni.
        Il telescopio ha fotografato una stella che si è spenta prima che nascesse la Terra.
        Quest'inverno ha nevicato così poco che gli impianti di sci sono rimasti chiusi.
        Il ladro è entrato dalla finestra, ha mangiato la torta e se n'è andato senza rubare niente.
        Appena finita la scuola, i ragazzi del quartiere si ritrovano nel campetto dietro la chiesa.
        Sbucciate le mele, tagliatele a fette sottili e disponetele sulla pasta in cerchi.
        Il re fece costruire questo palazzo per la moglie, che però non ci volle mai abitare.
        Ti ho aspettato mezz'ora davanti al cinema, poi ho pensato che ti fossi dimenticato.
        Il vento ha portato via il cappello del prete e i bambini gli sono corsi dietro ridendo.
        Gli infermieri chiedono più personale e turni meno pesanti per chi lavora di notte.
        In campagna ci si sveglia con il gallo e si va a letto quando cantano i grilli.
        La nostra macchina è vecchia, ma ogni estate ci porta fino in Puglia senza un guasto.
        Che bella sorpresa trovarti qui! Pensavo che fossi ancora in viaggio con i tuoi cugini.
        Lo squalo che hanno avvistato vicino alla costa era soltanto un grosso tonno ferito.
        Mio marito cucina molto bene, ma dopo bisogna lavare tutte le pentole della casa.
        Il tribunale ha dato ragione agli inquilini, che adesso potranno restare nei loro appartamenti.
        All'inizio del secolo la gente del paese partiva per l'America con una valigia di cartone.
        Spegnete il forno, aprite lo sportello e lasciate raffreddare il dolce per dieci minuti.
        La bicicletta era appoggiata al muro, con una gomma sgonfia e il cestino pieno di foglie.
        Nella valle si sente ancora il suono della fabbrica che segna la fine del turno.
        Vorrei un chilo di pesche mature e, se ce l'ha, anche un mazzetto di basilico.
        Il falco vola alto sopra i campi e scende in picchiata appena vede muoversi qualcosa.
        Dopo l'esame siamo andati tutti a mangiare un gelato, anche quelli che erano stati bocciati.
        Il traghetto non parte perché il mare è mosso, quindi dormiremo ancora una notte sull'isola.
        Nessuno degli invitati si era accorto che lo sposo aveva due scarpe diverse.
        Ogni sabato mio cugino va allo stadio con la stessa sciarpa, perché dice che porta fortuna.
        Il giornale di oggi dedica una pagina intera alla scomparsa del vecchio direttore del teatro.
        Non riesco più ad aprire questo barattolo: prova tu, che hai le mani più forti delle mie.
        Dalla terrazza dell'albergo si vedono i tetti della città e, più lontano, le montagne.
        D'estate fa così caldo che gli anziani portano le sedie in strada e chiacchierano fino a tardi.
        Il pianista ha sbagliato l'ultima nota, ma il pubblico lo ha applaudito lo stesso.
        """
}
